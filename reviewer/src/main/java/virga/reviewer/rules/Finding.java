package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import virga.observe.json.Json;

/**
 * Something the reviewer can prove, or suspects.
 *
 * @param traceId the trace that shows it; empty where a template does
 */
public record Finding(Rule rule, Evidence evidence, Subject subject, String sentence, String traceId) {
    /** What a finding rests on. */
    public enum Evidence {
        TEMPLATE,
        CODE,
        RECORDED,
        PERTURBED
    }

    /** What it is about, as people call it. */
    public String resource() {
        return subject.name();
    }

    /** The same finding about something whose declaration is known. */
    public Finding about(Subject known) {
        return new Finding(rule, evidence, known, sentence, traceId);
    }

    public Json json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule.number());
        fields.put("name", rule.name());
        fields.put("severity", rule.severity().name());
        fields.put("evidence", evidence.name());
        fields.put("resource", subject.name());
        fields.put("logicalId", subject.declared());
        fields.put("location", subject.location());
        fields.put("sentence", sentence);
        fields.put("traceId", traceId);
        fields.put("refutedBy", rule.refutation());
        fields.put("question", rule.question().toString());
        fields.put("guide", rule.guide());
        return Json.of(fields);
    }
}
