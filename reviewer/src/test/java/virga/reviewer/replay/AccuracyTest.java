package virga.reviewer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import virga.reviewer.replay.LabelledPairs.Labelled;

/**
 * The checker is itself measured, and what it misses is published: {@code docs/review-accuracy.md}. {@code ./dev accuracy} writes that
 * file; the test fails where it is not what is measured.
 */
class AccuracyTest {
    private static final Path DOCUMENT = Path.of("../docs/review-accuracy.md");

    /** How one set was judged. */
    private record Measured(String set, Map<String, Judgement> judgements, List<Labelled> labelled) {
        long right() {
            return labelled.stream()
                    .filter(each -> each.verdict().isFault() && verdict(each).isFault())
                    .count();
        }

        long found() {
            return labelled.stream().filter(each -> verdict(each).isFault()).count();
        }

        long faulty() {
            return labelled.stream().filter(each -> each.verdict().isFault()).count();
        }

        long exact() {
            return labelled.stream()
                    .filter(each -> verdict(each) == each.verdict())
                    .count();
        }

        Verdict verdict(Labelled each) {
            return judgements.get(each.name()).verdict();
        }

        List<Labelled> misses() {
            return labelled.stream()
                    .filter(each -> verdict(each) != each.verdict())
                    .toList();
        }
    }

    @Test
    void whatIsPublishedIsWhatIsMeasured() throws InterruptedException, IOException {
        List<Measured> sets = List.of(
                measured("tuned", LabelledPairs.all()),
                measured("adversary", Adversary.all()),
                measured("held out", HeldOut.all()));
        String document = document(sets);
        if (Boolean.getBoolean("virga.accept")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
        assertThat(sets.stream().mapToInt(set -> set.labelled().size()).sum()).isGreaterThanOrEqualTo(60);
        assertThat(sets).allSatisfy(set -> {
            assertThat(set.right()).isGreaterThanOrEqualTo((long) (set.faulty() * 0.95));
            assertThat(set.right()).isGreaterThanOrEqualTo((long) (set.found() * 0.95));
        });
    }

    private static Measured measured(String set, List<Labelled> labelled) throws InterruptedException {
        Map<String, Judgement> judgements = new TreeMap<>();
        for (Labelled each : labelled) {
            judgements.put(each.name(), ReplayTest.judge(each, EnumSet.allOf(Schedule.class)));
        }
        return new Measured(set, judgements, labelled);
    }

    private static String document(List<Measured> sets) {
        StringBuilder text = new StringBuilder("""
                # How accurate replay is

                Written by `./dev accuracy`, from labelled functions that run in a whole cloud in memory under schedules a, b, c
                and s (`LabelledPairs`, `Mutants`, `Adversary`, `HeldOut`). A fault is a verdict of duplicate effect, lost effect,
                stuck or answer changed. The tuned set is what the checker was built with; the adversary's was written to fool it;
                the held-out set was labelled before the checker was first run on it, and nothing was changed for it. All were
                written by those who wrote the checker, and each function is small: take the figures as an upper bound for
                applications of your own.

                These functions are written in Java against the cloud's own calls. Functions in Node.js and Python that run as
                processes, with AWS's SDKs, are in [review-accuracy-processes.md](review-accuracy-processes.md).

                | set | functions | faulty | precision | recall | the very verdict |
                |---|---|---|---|---|---|
                """);
        for (Measured set : sets) {
            text.append("| %s | %d | %d | %d/%d | %d/%d | %d/%d |%n"
                    .formatted(
                            set.set(),
                            set.labelled().size(),
                            set.faulty(),
                            set.right(),
                            set.found(),
                            set.right(),
                            set.faulty(),
                            set.exact(),
                            set.labelled().size()));
        }
        text.append("\n## Misses\n\n");
        boolean none = true;
        for (Measured set : sets) {
            for (Labelled miss : set.misses()) {
                none = false;
                text.append("- %s: \"%s\" is labelled %s, and was judged %s%n"
                        .formatted(
                                set.set(),
                                miss.name(),
                                miss.verdict().words(),
                                set.verdict(miss).words()));
            }
        }
        text.append(none ? "None.\n" : "");
        for (Measured set : sets) {
            text.append("\n## The %s set%n%n| function | label |%n|---|---|%n".formatted(set.set()));
            set.labelled()
                    .forEach(each -> text.append("| %s | %s |%n"
                            .formatted(each.name(), each.verdict().words())));
        }
        return text.toString();
    }
}
