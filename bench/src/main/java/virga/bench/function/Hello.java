package virga.bench.function;

import java.util.Map;

/** A function in Java. Its class file is what is uploaded. */
public final class Hello {
    /** Answers at once. */
    public Map<String, Object> handle(Map<String, Object> event) {
        return Map.of("ok", true);
    }
}
