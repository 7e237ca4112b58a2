package virga.reviewer.replay;

import java.util.List;
import java.util.stream.Stream;

/** What differences from an undisturbed run mean. */
final class Judging {
    private Judging() {}

    /**
     * What a perturbed run showed.
     *
     * @param function that the event was delivered to: only its own effects are its fault
     * @param copies whether what it sent more often than undisturbed can be recognised by a receiver
     */
    record Found(String function, List<Difference> differences, boolean copies) {}

    /**
     * @param handled whether the event was done in the end
     * @param answerChanged whether a caller who waits got another answer than it would have got undisturbed
     */
    static Trial trial(Schedule schedule, Point point, Found found, boolean handled, boolean answerChanged) {
        List<Difference> differences = found.differences();
        List<Difference> remaining = differences.stream()
                .filter(difference -> difference.consumers().isEmpty())
                .toList();
        List<Difference> later = remaining.stream()
                .filter(difference -> !difference.makers().contains(found.function()))
                .toList();
        List<Difference> lasting = found.copies()
                ? remaining.stream().filter(each -> !later.contains(each)).toList()
                : remaining;
        if (!lasting.isEmpty()) {
            Difference smallest = lasting.getFirst();
            boolean missing = lasting.stream().anyMatch(each -> each.change() == Difference.Change.MISSING);
            boolean onlyMissing = lasting.stream().allMatch(each -> each.change() == Difference.Change.MISSING);
            if (missing && !handled) {
                return new Trial(
                        schedule,
                        point,
                        Verdict.STUCK,
                        lasting,
                        "it fails each time it is delivered again; " + smallest.sentence());
            }
            if (onlyMissing) {
                return new Trial(schedule, point, Verdict.LOST_EFFECT, lasting, smallest.sentence());
            }
            Difference shown = lasting.stream()
                    .filter(each -> each.change() != Difference.Change.MISSING)
                    .findFirst()
                    .orElse(smallest);
            return new Trial(schedule, point, Verdict.DUPLICATE_EFFECT, first(shown, lasting), shown.sentence());
        }
        if (!later.isEmpty() && handled) {
            Difference first = later.getFirst();
            return new Trial(
                    schedule,
                    point,
                    Verdict.LATER_STAGE,
                    later,
                    String.join(", ", first.makers()) + " acts on each copy that it is given: " + first.sentence());
        }
        if (!handled) {
            return new Trial(schedule, point, Verdict.STUCK, differences, "it fails each time it is delivered again");
        }
        if (answerChanged) {
            return new Trial(schedule, point, Verdict.ANSWER_CHANGED, differences, "the answer differs");
        }
        if (!differences.isEmpty()) {
            Difference sent = differences.getFirst();
            return new Trial(
                    schedule,
                    point,
                    Verdict.SAFE_LATER,
                    differences,
                    sent.sentence() + "; " + sent.consumers() + " acts once all the same");
        }
        return new Trial(schedule, point, Verdict.SAFE, List.of(), "the same effects");
    }

    private static List<Difference> first(Difference shown, List<Difference> all) {
        return Stream.concat(Stream.of(shown), all.stream()).distinct().toList();
    }
}
