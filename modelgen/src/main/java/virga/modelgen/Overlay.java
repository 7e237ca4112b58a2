package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Our deviations from an imported model: {@code {"deviations": [{"reason": "...", "metadata": {}, "operations": {}, "shapes": {}}]}}.
 * Each is merged as RFC 7396 merges: objects member by member, {@code null} takes away, anything else replaces.
 */
record Overlay(String file, JsonNode content) {
    void applyTo(ObjectNode model) {
        for (JsonNode deviation : content.path("deviations")) {
            if (deviation.path("reason").asText("").isBlank()) {
                throw new ModelMistake(file + ": a deviation without a reason: " + deviation);
            }
            deviation.properties().forEach(part -> {
                if (!part.getKey().equals("reason")) {
                    merge((ObjectNode) required(model, part.getKey()), part.getValue(), part.getKey());
                }
            });
        }
    }

    private JsonNode required(ObjectNode model, String part) {
        JsonNode found = model.get(part);
        if (found == null) {
            throw new ModelMistake(file + ": a model has no part '" + part + "'");
        }
        return found;
    }

    private void merge(ObjectNode into, JsonNode change, String path) {
        change.properties().forEach(each -> {
            String name = each.getKey();
            JsonNode old = into.get(name);
            if (each.getValue().isNull()) {
                if (into.remove(name) == null) {
                    throw new ModelMistake(file + ": takes away " + path + "/" + name + ", which is not there");
                }
            } else if (each.getValue().isObject() && old instanceof ObjectNode deeper) {
                merge(deeper, each.getValue(), path + "/" + name);
            } else {
                checkWhole(path, name, each.getValue(), old);
                into.set(name, each.getValue());
            }
        });
    }

    /** A shape or member that the model does not have must be described whole: else the model has changed under the overlay. */
    private void checkWhole(String path, String name, JsonNode value, JsonNode old) {
        boolean shape = path.equals("shapes");
        boolean member = path.endsWith("/members");
        if (old == null && (shape && !value.has("type") || member && !value.has("shape"))) {
            throw new ModelMistake(file + ": changes " + path + "/" + name + ", which is not in the model");
        }
    }
}
