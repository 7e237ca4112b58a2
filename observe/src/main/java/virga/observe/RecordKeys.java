package virga.observe;

import static virga.store.Part.text;
import static virga.store.Part.time;

import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/**
 * Where records lie. A record is its start and its id: an asynchronous event that Lambda tries again keeps its request id, so one id
 * may have several records. Input and output lie apart, since most readings want neither.
 */
final class RecordKeys {
    static final KeySpace RECORD = KeySpace.of("observe/by-time", time("startedAt"), text("id"));
    static final KeySpace PAYLOADS = KeySpace.of("observe/payloads", time("startedAt"), text("id"));
    static final KeySpace BY_ID = KeySpace.of("observe/record", text("id"), time("startedAt"));

    /** One entry for each cause of a record. */
    static final KeySpace BY_PARENT = KeySpace.of("observe/by-parent", text("parent"), time("startedAt"), text("id"));

    /** One entry for each lineage that a record belongs to: a batch may belong to several. */
    static final KeySpace BY_TRACE = KeySpace.of("observe/by-trace", text("trace"), time("startedAt"), text("id"));

    /** How many records there are. */
    static final KeySpace TOTAL = KeySpace.of("observe/total");

    static final KeySpace COUNT = KeySpace.of(
            "observe/count",
            time("minute"),
            text("account"),
            text("region"),
            text("service"),
            text("operation"),
            text("outcome"));

    static final Codec<CallRecord> RECORD_CODEC = RecordCodec.of(CallRecord.class);
    static final Codec<Payloads> PAYLOADS_CODEC = RecordCodec.of(Payloads.class);
    static final Codec<Amount> AMOUNT_CODEC = RecordCodec.of(Amount.class);

    private RecordKeys() {}

    record Payloads(Bytes input, Bytes output) {}

    record Amount(long value) {}
}
