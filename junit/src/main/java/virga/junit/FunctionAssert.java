package virga.junit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Trial;
import virga.reviewer.replay.Verdict;

/** What can be asserted of a function from what it did in an environment. */
public final class FunctionAssert {
    private static final long SEED = 1;

    private final VirgaEnvironment environment;
    private final Replay replay;
    private final String asked;
    private final String functionName;

    FunctionAssert(VirgaEnvironment environment, Replay replay, String asked, String functionName) {
        this.environment = environment;
        this.replay = replay;
        this.asked = asked;
        this.functionName = functionName;
    }

    /**
     * The newest event that the function handled in this environment may come again, in every way in which AWS delivers events twice: once
     * more after success, two copies at once, and after a crash before or after each effect. It is delivered so in forks of the state
     * that it met, with cold workers, and what that leaves is compared with undisturbed runs.
     *
     * <p>This proves that this event does no harm in these ways, not that no event can.
     *
     * @return what was tried, and what came of it
     * @throws AssertionError where an effect is doubled, lost or stuck, where nothing can be concluded, and where the function handled
     *     no event
     */
    public Judgement isIdempotent() {
        return isIdempotentUnder(Schedule.REDELIVERIES.toArray(Schedule[]::new));
    }

    /** As {@link #isIdempotent}, under some of the ways only. */
    public Judgement isIdempotentUnder(Schedule... schedules) {
        if (schedules.length == 0) {
            throw new IllegalArgumentException("no schedule is given");
        }
        environment.settle();
        List<CallRecord> handled = environment.invocations(functionName).stream()
                .filter(record -> !record.failed())
                .toList();
        if (handled.isEmpty()) {
            throw new AssertionError("Function " + asked + " handled no event in environment " + environment.name()
                    + ", so there is none to deliver again; functions that were invoked: " + environment.functions());
        }
        Judgement judgement = judge(handled.getLast(), EnumSet.copyOf(Arrays.asList(schedules)));
        if (judgement.verdict().isFault() || judgement.verdict() == Verdict.INCONCLUSIVE) {
            throw new AssertionError(words(judgement));
        }
        return judgement;
    }

    private Judgement judge(CallRecord invocation, Set<Schedule> schedules) {
        try {
            return replay.judge(environment.name(), invocation.id(), schedules, SEED, step -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the event was delivered again", e);
        } catch (Fault fault) {
            throw new AssertionError("the event cannot be delivered again: " + fault, fault);
        }
    }

    private String words(Judgement judgement) {
        StringBuilder words = new StringBuilder("Expected function ")
                .append(asked)
                .append(" to be idempotent, but: ")
                .append(judgement.sentence());
        for (Trial trial : judgement.trials()) {
            words.append("\n  ")
                    .append(trial.verdict().isFault() ? "✗ " : "✓ ")
                    .append(trial.done())
                    .append(": ")
                    .append(trial.verdict().words())
                    .append(", ")
                    .append(trial.reason());
        }
        return words.toString();
    }
}
