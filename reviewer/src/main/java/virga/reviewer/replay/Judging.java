package virga.reviewer.replay;

import java.util.List;

/** What differences from an undisturbed run mean. */
final class Judging {
    private Judging() {}

    /**
     * @param handled whether the event was done in the end
     * @param answerChanged whether a caller who waits got another answer than it would have got undisturbed
     */
    static Trial trial(
            Schedule schedule, String point, List<Difference> differences, boolean handled, boolean answerChanged) {
        List<Difference> lasting = differences.stream()
                .filter(difference -> difference.consumers().isEmpty())
                .toList();
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
            return new Trial(schedule, point, Verdict.DUPLICATE_EFFECT, lasting, shown.sentence());
        }
        if (!handled) {
            return new Trial(schedule, point, Verdict.STUCK, differences, "it fails each time it is delivered again");
        }
        if (answerChanged) {
            return new Trial(schedule, point, Verdict.ANSWER_CHANGED, differences, "the answer differs");
        }
        if (!differences.isEmpty()) {
            Difference later = differences.getFirst();
            return new Trial(
                    schedule,
                    point,
                    Verdict.SAFE_LATER,
                    differences,
                    later.sentence() + "; " + later.consumers() + " acts once all the same");
        }
        return new Trial(schedule, point, Verdict.SAFE, List.of(), "the same effects");
    }
}
