package virga.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the importer was asked for, and what the generator made of it. */
final class GeneratedServices {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GeneratedServices() {}

    static JsonNode json(String file) {
        try {
            return JSON.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode selection() {
        return json("import/selection.json");
    }

    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        selection().fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    static ServiceModel model(String key) {
        try {
            String name = selection().get(key).get("class").asText();
            return (ServiceModel) Class.forName("virga.model." + key + "." + name)
                    .getField("MODEL")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(key + " was not generated", e);
        }
    }

    /** Every structure, list, map and scalar that the service's modelled operations reach, by name. */
    static Map<String, Schema> reachable(ServiceModel service) {
        Deque<Schema> waiting = new ArrayDeque<>();
        for (Operation<?, ?> operation : service.all()) {
            if (operation.isModelled()) {
                waiting.add(operation.input());
                waiting.add(operation.output());
                operation.errors().forEach(error -> waiting.add(error.schema()));
            }
        }
        Map<String, Schema> found = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            Schema schema = waiting.remove();
            if (found.putIfAbsent(schema.name(), schema) == null) {
                schema.members().forEach(member -> waiting.add(member.target()));
            }
        }
        return found;
    }
}
