package virga.reviewer.replay;

import java.time.Duration;
import java.util.Optional;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;

/**
 * Ends the first invocation of a lineage, for the rest of the world, at one of its changing calls: before the call takes effect, or
 * after it with the answer lost. From then on that invocation reaches nothing any more, however it takes the news: what it leaves
 * behind is what a killed worker leaves. The process itself is ended once all is quiet, so that no worker of a later stage, which a
 * real crash would spare, goes down with it.
 */
final class CrashWeather implements Weather {
    /** The outcome of the call that took effect though its caller was dead. */
    static final String ANSWER_LOST = "VirgaCrashAfterEffect";

    private static final String WORKER_DEAD = "VirgaCrashBeforeEffect";
    /** A client's fault: SDKs would try others again, and a dead worker does not. */
    private static final int NOT_TRIED_AGAIN = 400;

    private final String traceId;
    private final CrashPoint point;
    private String victim = "";
    private int calls;
    private boolean dead;

    CrashWeather(String traceId, CrashPoint point) {
        this.traceId = traceId;
        this.point = point;
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
            dead = calls == point.call() && !point.afterwards();
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
        dead |= here;
        return here ? Optional.of(fault(ANSWER_LOST)) : Optional.empty();
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

    @Override
    public Duration delay(Call call, Operation<?, ?> operation) {
        return Duration.ZERO;
    }

    @Override
    public boolean duplicates(String source) {
        return false;
    }

    @Override
    public boolean stale(String resource) {
        return false;
    }
}
