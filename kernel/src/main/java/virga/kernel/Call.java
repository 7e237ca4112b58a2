package virga.kernel;

import java.time.Instant;

/**
 * One operation on one service by one principal, on its way through the spine. Passed explicitly, never held in a thread.
 *
 * @param requestId the id that clients see as {@code x-amzn-RequestId}; also the id of the call's record
 * @param at the environment's time when the call arrived; a handler uses this, not a clock
 * @param deadline when the caller stops waiting, on the environment's clock
 * @param sourceIp the client's address, for logs and {@code aws:SourceIp}; empty for calls between services
 */
public record Call(
        String requestId,
        Scope scope,
        Principal principal,
        Cause cause,
        Instant at,
        Instant deadline,
        String sourceIp,
        Recording recording) {
    /** Whether the call leaves a record of its own. */
    public enum Recording {
        FULL,
        /** Counted for metrics and cost, but without a record: a poller's empty receives would bury the story. */
        COUNTED
    }

    public String account() {
        return scope.account();
    }

    public String region() {
        return scope.region();
    }

    /** This call, counted but without a record of its own. */
    public Call counted() {
        return new Call(requestId, scope, principal, cause, at, deadline, sourceIp, Recording.COUNTED);
    }

    /** This call at a later moment: a long poll looks again. */
    public Call at(Instant later) {
        return new Call(requestId, scope, principal, cause, later, deadline, sourceIp, recording);
    }

    /**
     * The call that caused this one, going on: what follows is held against that call's record. For work that a call left to be done
     * later and that leaves no record of its own.
     */
    public Call continued() {
        return cause.isRoot()
                ? this
                : new Call(cause.parentId(), scope, principal, cause, at, deadline, sourceIp, recording);
    }

    /** The cause that whatever this call sends on must carry. */
    public Cause causeOfWhatFollows(String via) {
        return cause.next(requestId, via);
    }
}
