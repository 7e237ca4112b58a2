package virga.reviewer.replay;

import java.util.Optional;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;

/**
 * Kills the worker of the first invocation of a lineage in the middle of one of its changing calls: when the call has been received and
 * has not taken effect, or when it has and is not answered yet. The answer reaches nobody. Calls that the dead worker had sent at the
 * same time are refused.
 */
final class CrashWeather implements Weather {
    /** The outcome of the call that took effect though its caller was dead. */
    static final String ANSWER_LOST = "VirgaCrashAfterEffect";

    private static final String WORKER_DEAD = "VirgaCrashBeforeEffect";
    /** A client's fault: SDKs would try others again, and a dead worker does not. */
    private static final int NOT_TRIED_AGAIN = 400;

    private final String traceId;
    private final CrashPoint point;
    private final Crash crash;
    private String victim = "";
    private int calls;
    private boolean dead;

    CrashWeather(String traceId, CrashPoint point, Crash crash) {
        this.traceId = traceId;
        this.point = point;
        this.crash = crash;
    }

    /** Whether the crash came about: a run may end before its point is reached. */
    synchronized boolean struck() {
        return dead;
    }

    @Override
    public synchronized Optional<Fault> strike(Call call, Operation<?, ?> operation) {
        if (!isVictims(call)) {
            return Optional.empty();
        }
        if (!dead && Changing.is(operation.service().name(), operation.name())) {
            calls++;
            if (calls == point.call() && !point.afterwards()) {
                die();
            }
        }
        return dead ? Optional.of(fault(WORKER_DEAD)) : Optional.empty();
    }

    @Override
    public synchronized Optional<Fault> loseAnswer(Call call, Operation<?, ?> operation) {
        boolean here = isVictims(call)
                && !dead
                && point.afterwards()
                && calls == point.call()
                && Changing.is(operation.service().name(), operation.name());
        if (here) {
            die();
        }
        return here ? Optional.of(fault(ANSWER_LOST)) : Optional.empty();
    }

    private void die() {
        dead = true;
        crash.kill(victim);
    }

    /** The first invocation that calls anything in this lineage is the one that was delivered: all others follow from its effects. */
    private boolean isVictims(Call call) {
        if (!call.cause().traceId().equals(traceId) || !call.cause().via().equals("invocation")) {
            return false;
        }
        if (victim.isEmpty()) {
            victim = call.cause().parentId();
        }
        return victim.equals(call.cause().parentId());
    }

    private static Fault fault(String code) {
        return new Fault(code, NOT_TRIED_AGAIN, "The worker was killed here on purpose");
    }
}
