package virga.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import virga.kernel.Fault;

final class PageTest {
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    private static Page<String> page(int most, Optional<String> token) {
        return Page.of(ALL, most, token, item -> item, () -> Faults.validation("no token"));
    }

    @Test
    void pagesLeadFromOneToTheNextUntilTheLast() {
        Page<String> first = page(2, Optional.empty());
        Page<String> second = page(2, Optional.of(first.next()));
        Page<String> third = page(2, Optional.of(second.next()));
        assertThat(first.items()).containsExactly("a", "b");
        assertThat(second.items()).containsExactly("c", "d");
        assertThat(third.items()).containsExactly("e");
        assertThat(second.isLast()).isFalse();
        assertThat(third.isLast()).isTrue();
        assertThat(third.nextToken()).isNull();
    }

    @Test
    void aPageThatHoldsAllIsTheLast() {
        assertThat(page(5, Optional.empty()).isLast()).isTrue();
        assertThat(page(Integer.MAX_VALUE, Optional.of(page(1, Optional.empty()).next()))
                        .items())
                .containsExactly("b", "c", "d", "e");
    }

    @Test
    void aTokenThatNoPageGaveIsRefused() {
        assertThatThrownBy(() -> page(2, Optional.of("eg==")))
                .isInstanceOf(Fault.class)
                .hasMessage("no token");
        assertThatThrownBy(() -> page(2, Optional.of("%")))
                .isInstanceOf(Fault.class)
                .hasMessage("no token");
    }
}
