package virga.kernel;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * The one wide record that is kept of everything that happens: an API call, an HTTP request to a user's API, an invocation of a
 * function, a delivery. Traces, the map, metrics, cost, least privilege, replay and the reviewer are all readings of it.
 *
 * @param id the request id of a call, the invocation's request id of an invocation
 * @param causes the first is the principal cause; an invocation for a batch has one for each message
 * @param service AWS's service name in ARNs and IAM actions: {@code sqs}, {@code lambda}
 * @param operation the operation ({@code SendMessage}), {@code Invocation}, or an HTTP route ({@code POST /orders})
 * @param resources the ARNs that the call was about, as authorisation saw them
 * @param startedAt environment time
 * @param durationNanos measured on a steady clock
 * @param outcome {@code ok}, or the error's code
 * @param input what was asked, in the recorder's encoding; empty where nothing was kept
 * @param sequence the store's commit sequence just before the call took effect: a fork at this point is the state it saw
 * @param details named facts that only some records have: cold start parts, billed time, bytes, denials under audit
 */
public record CallRecord(
        String id,
        Kind kind,
        Scope scope,
        String principal,
        List<Cause> causes,
        String service,
        String operation,
        List<String> resources,
        Instant startedAt,
        long durationNanos,
        String outcome,
        int status,
        Bytes input,
        Bytes output,
        long sequence,
        SortedMap<String, String> details) {
    public enum Kind {
        /** An API operation. */
        CALL,
        /** A request to an API that the user deployed. */
        REQUEST,
        /** One event handled by one worker. */
        INVOCATION,
        /** An event handed over by a service to its target. */
        DELIVERY
    }

    public CallRecord {
        if (causes.isEmpty()) {
            throw new Bug("a record without a cause: " + id);
        }
        causes = List.copyOf(causes);
        resources = List.copyOf(resources);
        details = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(details));
    }

    public Cause cause() {
        return causes.getFirst();
    }

    public boolean failed() {
        return !outcome.equals("ok");
    }
}
