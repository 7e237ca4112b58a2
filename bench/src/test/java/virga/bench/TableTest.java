package virga.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void everyContenderStandsBesideTheFirst() {
        assertThat(new Table(section()).markdown())
                .contains("| SendMessage | Virga | 1.50 ms | 1.50 ms | 2,000 | 120 µs | 1 |  |")
                .contains("| SendMessage | a peer | 3.00 ms | 3.00 ms |  |  | 1 | × 2.00 |");
    }

    @Test
    void columnsStandUnderEachOther() {
        List<String> lines = new Table(section()).columns().lines().toList();
        assertThat(lines.get(1).indexOf("1.50 ms")).isEqualTo(lines.get(2).indexOf("3.00 ms"));
    }

    @Test
    void theDocumentTellsOfTheMachineOnlyWhatItWasGiven() {
        String document = new Report(Scale.QUICK, List.of(section())).markdown("A machine with 2 cores");
        assertThat(document)
                .contains("A machine with 2 cores, a quick run.", "## sqs: messages", "- bodies of 400 bytes")
                .doesNotContain(System.getProperty("user.home"));
    }

    private static Section section() {
        Section section = new Section("sqs", "messages");
        section.note("bodies of 400 bytes");
        section.series("SendMessage", Unit.NANOSECONDS, "Virga").add(new Round(List.of(1_500_000L), 2_000, 120_000));
        section.series("SendMessage", Unit.NANOSECONDS, "a peer").add(Round.of(List.of(3_000_000L)));
        return section;
    }
}
