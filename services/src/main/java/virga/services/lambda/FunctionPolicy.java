package virga.services.lambda;

import java.util.LinkedHashMap;
import java.util.Map;

/** A function's resource policy: its statements (JSON objects) by statement id, in the order they were added. */
record FunctionPolicy(Map<String, String> statements, String revision) {
    FunctionPolicy {
        statements = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(statements));
    }

    String document() {
        return "{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[" + String.join(",", statements.values())
                + "]}";
    }
}
