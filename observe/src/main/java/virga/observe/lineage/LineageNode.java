package virga.observe.lineage;

import java.util.List;
import virga.kernel.CallRecord;
import virga.observe.logs.LogEvent;

/**
 * A record in a lineage, and what it brought about.
 *
 * @param record without input and output
 * @param repeated the record stands elsewhere in the tree with its consequences: a batch under each message that is in it
 * @param logs what an invocation wrote; empty where repeated
 * @param children in order of start; empty where repeated
 */
public record LineageNode(CallRecord record, boolean repeated, List<LogEvent> logs, List<LineageNode> children) {
    public LineageNode {
        logs = List.copyOf(logs);
        children = List.copyOf(children);
    }
}
