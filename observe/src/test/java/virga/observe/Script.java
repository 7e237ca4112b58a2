package virga.observe;

import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.json.Json;

/** A case's file: records and log lines to begin with, and settings. Every field has a default. */
public final class Script {
    private final SequencedMap<String, Json> fields;

    private Script(SequencedMap<String, Json> fields) {
        this.fields = fields;
    }

    public static Script of(String text) {
        return new Script(((Json.Structure) Json.parse(text).orElseThrow(() -> new AssertionError("not JSON: " + text)))
                .fields());
    }

    /** Puts everything that the script tells into {@code testing}. */
    public void tell(TestingRecords testing) {
        list("records").forEach(record -> testing.records().record(record(record)));
        for (Script line : list("lines")) {
            String record = line.text("record", "");
            testing.records()
                    .log(
                            Sample.SCOPE,
                            line.text("group", "/aws/lambda/" + record),
                            "stream",
                            Sample.BEGINNING.plusMillis(line.number("at", 0)),
                            line.text("message", ""),
                            record);
        }
    }

    public String text(String name, String otherwise) {
        return fields.get(name) instanceof Json.Text text ? text.value() : otherwise;
    }

    public long number(String name, long otherwise) {
        return fields.get(name) instanceof Json.Number number ? Long.parseLong(number.literal()) : otherwise;
    }

    public boolean truth(String name) {
        return fields.get(name) instanceof Json.Truth truth && truth.value();
    }

    public List<Script> list(String name) {
        return fields.get(name) instanceof Json.Array array
                ? array.elements().stream()
                        .map(element -> new Script(((Json.Structure) element).fields()))
                        .toList()
                : List.of();
    }

    public List<String> texts(String name) {
        return fields.get(name) instanceof Json.Array array
                ? array.elements().stream()
                        .map(element -> ((Json.Text) element).value())
                        .toList()
                : List.of();
    }

    private static CallRecord record(Script script) {
        String id = script.text("id", "");
        Sample sample = Sample.call(id, script.text("service", "lambda"), script.text("operation", "Invocation"))
                .kind(CallRecord.Kind.valueOf(script.text("kind", "CALL")))
                .by(script.text("principal", "arn:aws:iam::000000000000:root"))
                .on(script.texts("resources").toArray(String[]::new))
                .at(script.number("at", 0))
                .takes(script.decimal("takes").doubleValue())
                .status((int) script.number("status", 200));
        String outcome = script.text("outcome", "ok");
        if (!outcome.equals("ok")) {
            sample.fails(outcome, (int) script.number("status", 400));
        }
        String trace = script.text("trace", Sample.TRACE);
        List<String> parents = script.texts("after");
        parents.forEach(parent -> sample.causedBy(new Cause(trace, parent, script.text("via", "invocation"))));
        if (parents.isEmpty()) {
            sample.causedBy(Cause.root(trace));
        }
        sample.output(Bytes.ofUtf8(script.text("output", "")));
        if (script.fields.get("details") instanceof Json.Structure details) {
            new TreeMap<>(details.fields()).forEach((name, value) -> sample.detail(name, ((Json.Text) value).value()));
        }
        return sample.record();
    }

    private BigDecimal decimal(String name) {
        return fields.get(name) instanceof Json.Number number ? new BigDecimal(number.literal()) : BigDecimal.ONE;
    }
}
