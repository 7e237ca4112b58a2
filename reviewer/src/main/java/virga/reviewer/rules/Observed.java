package virga.reviewer.rules;

import java.util.List;
import java.util.Map;
import virga.kernel.CallRecord;
import virga.observe.json.Json;

/**
 * What was recorded of an environment, for rules to read.
 *
 * @param records in order of their start
 * @param policies the policy documents of roles, by the role's name
 */
public record Observed(List<Recorded> records, Map<String, List<Json>> policies) {
    public Observed {
        records = List.copyOf(records);
        policies = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(policies));
    }

    /** A record with what was asked in it as JSON; an empty object where that was not kept. */
    public record Recorded(CallRecord record, Json.Structure input) {
        /** Whether a function made this call. */
        boolean byFunction() {
            return record.kind() == CallRecord.Kind.CALL && record.cause().via().equals("invocation");
        }

        boolean is(String service, String operation) {
            return record.service().equals(service) && record.operation().equals(operation);
        }

        String text(String name) {
            return input.fields().get(name) instanceof Json.Text text ? text.value() : "";
        }
    }
}
