package virga.observe;

import java.util.SortedMap;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;

/** A record with another input and output. */
final class Payload {
    private Payload() {}

    static CallRecord without(CallRecord record) {
        return replace(record, Bytes.EMPTY, Bytes.EMPTY, record.details());
    }

    static CallRecord replace(CallRecord record, Bytes input, Bytes output, SortedMap<String, String> details) {
        return new CallRecord(
                record.id(),
                record.kind(),
                record.scope(),
                record.principal(),
                record.causes(),
                record.service(),
                record.operation(),
                record.resources(),
                record.startedAt(),
                record.durationNanos(),
                record.outcome(),
                record.status(),
                input,
                output,
                record.sequence(),
                details);
    }
}
