package virga.console;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ServiceModel;
import virga.model.StructureCodec;
import virga.observe.json.Json;

/**
 * What was asked and answered in a record, as the page gets it: {@code bytes} that were kept, {@code cut} with the whole length where they
 * are not all, {@code raw} as it went over the wire (a call's in AWS's JSON), and {@code shown} where taking it out of its wrappings makes
 * something else of it. Both are text over several lines; neither is there where the bytes are not text.
 */
final class RecordedPayloads {
    /** By the service's name in records and the operation's: two models may share a service, as tables and their streams do. */
    private final Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();

    RecordedPayloads(Collection<ServiceModel> models) {
        models.forEach(model ->
                model.operations().forEach((name, operation) -> operations.put(model.name() + ":" + name, operation)));
    }

    Json input(CallRecord record) {
        Optional<Schema> schema = operation(record).map(Operation::input);
        return payload(record.input(), record.details().getOrDefault(Details.INPUT_CUT, ""), schema);
    }

    Json output(CallRecord record) {
        Optional<Schema> schema = operation(record).map(Operation::output);
        return payload(record.output(), record.details().getOrDefault(Details.OUTPUT_CUT, ""), schema);
    }

    private Optional<Operation<?, ?>> operation(CallRecord record) {
        return record.kind() == CallRecord.Kind.CALL
                ? Optional.<Operation<?, ?>>ofNullable(operations.get(record.service() + ":" + record.operation()))
                        .filter(Operation::isModelled)
                : Optional.empty();
    }

    /** @param schema of a call; what functions and web clients are sent has none */
    private static Json payload(Bytes kept, String cut, Optional<Schema> schema) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("bytes", kept.length());
        if (!cut.isEmpty()) {
            fields.put("cut", Long.parseLong(cut));
        }
        if (schema.isEmpty()) {
            Unfolding.text(kept).ifPresent(text -> {
                Optional<Json> json = Json.parse(text);
                put(
                        fields,
                        text,
                        json.map(Unfolding::unfolded).map(Json::indented).orElse(text));
            });
        } else if (!kept.isEmpty() && cut.isEmpty()) {
            var structure = StructureCodec.decode(schema.get(), kept);
            put(
                    fields,
                    Unfolding.raw(structure).indented(),
                    Unfolding.unfolded(structure).indented());
        }
        return Json.of(fields);
    }

    private static void put(SequencedMap<String, Object> fields, String raw, String shown) {
        fields.put("raw", raw);
        if (!shown.equals(raw)) {
            fields.put("shown", shown);
        }
    }
}
