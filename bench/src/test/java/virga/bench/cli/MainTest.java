package virga.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import virga.bench.Benchmark;

final class MainTest {
    @Test
    void namesChooseAndNoneMeansAll() {
        assertThat(Main.chosen(List.of("fork", "sqs")))
                .extracting(Benchmark::name)
                .containsExactly("sqs", "fork");
        assertThat(Main.chosen(List.of())).hasSameSizeAs(Main.ALL);
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Main.chosen(List.of("s3"))).hasMessageContaining("there is no benchmark s3", "start");
    }
}
