package virga.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
    @Test
    void virgaBothWaysAndItsPeersStandOnOneLine() {
        Section section = new Section("sqs", "messages");
        section.series("SendMessage", Unit.NANOSECONDS, "Virga, memory").add(Round.of(List.of(1_000_000L)));
        section.series("SendMessage", Unit.NANOSECONDS, "Virga, RocksDB").add(Round.of(List.of(1_500_000L)));
        section.series("SendMessage", Unit.NANOSECONDS, "a peer").add(Round.of(List.of(3_000_000L)));
        assertThat(new Summary(List.of(section)).markdown())
                .contains("| SendMessage | 1.00 ms | 1.50 ms | a peer × 3.00 | `./dev bench sqs` |");
    }

    @Test
    void aDocumentGetsTheNewSummaryInThePlaceOfTheOldOne() {
        String document = "before\n" + Summary.BEGIN + "old\n" + Summary.END + "after\n";
        assertThat(Summary.put("new\n", document))
                .isEqualTo("before\n" + Summary.BEGIN + "new\n" + Summary.END + "after\n");
        assertThatThrownBy(() -> Summary.put("new\n", "no place"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place");
    }
}
