package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import virga.observe.json.Json;

/**
 * Something the reviewer can prove, or suspects.
 *
 * @param resource a logical id, or an ARN
 * @param traceId the trace that shows it; empty where a template does
 */
public record Finding(Rule rule, Evidence evidence, String resource, String sentence, String traceId) {
    /** What a finding rests on. */
    public enum Evidence {
        TEMPLATE,
        CODE,
        RECORDED,
        PERTURBED
    }

    public Json json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule.number());
        fields.put("name", rule.name());
        fields.put("severity", rule.severity().name());
        fields.put("evidence", evidence.name());
        fields.put("resource", resource);
        fields.put("sentence", sentence);
        fields.put("traceId", traceId);
        fields.put("refutedBy", rule.refutation());
        fields.put("question", rule.question());
        return Json.of(fields);
    }
}
