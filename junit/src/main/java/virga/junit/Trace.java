package virga.junit;

import java.util.List;
import virga.kernel.CallRecord;
import virga.observe.lineage.Lineage;

/** Everything that one outside request brought about, across queues, streams and functions. Its {@link #toString} draws it. */
public final class Trace {
    private final Lineage lineage;
    private final String drawn;

    Trace(Lineage lineage, String drawn) {
        this.lineage = lineage;
        this.drawn = drawn;
    }

    public String id() {
        return lineage.traceId();
    }

    /** Every call, request and invocation once, in the order of the tree. */
    public List<CallRecord> records() {
        return lineage.records();
    }

    /** Whether anything in it failed, also what was tried again and went well then. */
    public boolean failed() {
        return lineage.failed();
    }

    /** The names of the functions that took part, in the order of the tree, once for each invocation. */
    public List<String> functions() {
        return records().stream()
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION)
                .map(Records::functionName)
                .toList();
    }

    /** As a tree with log lines and errors, for people. */
    @Override
    public String toString() {
        return drawn;
    }
}
