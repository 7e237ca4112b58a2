package virga.observe;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import virga.kernel.CallRecord;

/**
 * Which records to read. Empty text and an empty set mean "any".
 *
 * @param from inclusive, by start
 * @param to exclusive
 * @param principal the ARN
 * @param resource an ARN that the record names
 * @param outcome {@code ok}, an error's code, or {@link #FAILED}
 */
public record RecordFilter(
        Instant from,
        Instant to,
        String service,
        String operation,
        String principal,
        String resource,
        String outcome,
        Set<CallRecord.Kind> kinds) {
    /** The outcome of everything that is not {@code ok}. */
    public static final String FAILED = "!ok";

    public static final RecordFilter ALL = new RecordFilter(Instant.MIN, Instant.MAX, "", "", "", "", "", Set.of());

    public RecordFilter {
        Set<CallRecord.Kind> ordered = EnumSet.noneOf(CallRecord.Kind.class);
        ordered.addAll(kinds);
        kinds = Collections.unmodifiableSet(ordered);
    }

    public static RecordFilter between(Instant from, Instant to) {
        return new RecordFilter(from, to, "", "", "", "", "", Set.of());
    }

    public RecordFilter service(String name) {
        return new RecordFilter(from, to, name, operation, principal, resource, outcome, kinds);
    }

    public RecordFilter operation(String name) {
        return new RecordFilter(from, to, service, name, principal, resource, outcome, kinds);
    }

    public RecordFilter principal(String arn) {
        return new RecordFilter(from, to, service, operation, arn, resource, outcome, kinds);
    }

    public RecordFilter resource(String arn) {
        return new RecordFilter(from, to, service, operation, principal, arn, outcome, kinds);
    }

    public RecordFilter outcome(String code) {
        return new RecordFilter(from, to, service, operation, principal, resource, code, kinds);
    }

    public RecordFilter kind(CallRecord.Kind kind) {
        return new RecordFilter(from, to, service, operation, principal, resource, outcome, Set.of(kind));
    }

    boolean matches(CallRecord record) {
        return matches(service, record.service())
                && matches(operation, record.operation())
                && matches(principal, record.principal())
                && (resource.isEmpty() || record.resources().contains(resource))
                && (outcome.equals(FAILED) ? record.failed() : matches(outcome, record.outcome()))
                && (kinds.isEmpty() || kinds.contains(record.kind()));
    }

    private static boolean matches(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }
}
