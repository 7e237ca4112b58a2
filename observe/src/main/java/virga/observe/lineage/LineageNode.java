package virga.observe.lineage;

import java.util.List;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.observe.json.Json;
import virga.observe.logs.LogEvent;

/**
 * A record in a lineage, and what it brought about.
 *
 * @param record without input and output, but that of a failed invocation complete
 * @param repeated the record stands elsewhere in the tree with its consequences: a batch under each message that is in it
 * @param logs what an invocation wrote; empty where repeated
 * @param children in order of start; empty where repeated
 */
public record LineageNode(CallRecord record, boolean repeated, List<LogEvent> logs, List<LineageNode> children) {
    public LineageNode {
        logs = List.copyOf(logs);
        children = List.copyOf(children);
    }

    /** The error's words: of a failed function, what it answered as its error. Empty where it went well or nothing was said. */
    public String message() {
        String said = record.details().getOrDefault(Details.MESSAGE, "");
        if (!said.isEmpty() || !record.failed()) {
            return said;
        }
        return Json.parse(record.output().utf8()).map(LineageNode::errorMessage).orElse("");
    }

    private static String errorMessage(Json answer) {
        return answer instanceof Json.Structure error && error.fields().get("errorMessage") instanceof Json.Text message
                ? message.value()
                : "";
    }
}
