package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/** Several engines in one process find the same isolation, however they get into each other's way. */
class EnginesAtOnceTest {
    @RepeatedTest(16)
    void engineFindsTheSameIsolationEveryTime() throws Exception {
        try (TestingCloud one = new TestingCloud();
                TestingCloud other = new TestingCloud()) {
            List<String> words = one.engine.isolation();
            assertThat(other.engine.isolation()).isEqualTo(words);
        }
    }
}
