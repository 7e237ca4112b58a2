package virga.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import virga.engine.runtimes.RuntimeName;

/**
 * Takes functions whose interpreter this machine lacks out of a SAM template, so that the rest of the application can be shown. Only the
 * demo does so: a user's own deployment is refused, since half an application would mislead.
 */
final class SkippedFunctions {
    private SkippedFunctions() {}

    /**
     * Removes every function that {@code runs} denies, and every output that names one of them.
     *
     * @param template a SAM template, changed in place
     * @return the runtimes of those that were removed, by logical id
     */
    static Map<String, String> remove(ObjectNode template, Predicate<RuntimeName> runs) {
        Map<String, String> skipped = new TreeMap<>();
        JsonNode common = template.path("Globals").path("Function").path("Runtime");
        template.path("Resources").properties().forEach(resource -> {
            if (!resource.getValue().path("Type").asText().equals("AWS::Serverless::Function")) {
                return;
            }
            JsonNode own = resource.getValue().path("Properties").path("Runtime");
            String runtime = (own.isTextual() ? own : common).asText();
            if (RuntimeName.parse(runtime).filter(runs).isEmpty()) {
                skipped.put(resource.getKey(), runtime);
            }
        });
        if (template.get("Resources") instanceof ObjectNode resources) {
            resources.remove(skipped.keySet());
        }
        if (template.get("Outputs") instanceof ObjectNode outputs) {
            for (Iterator<JsonNode> each = outputs.iterator(); each.hasNext(); ) {
                if (namesOneOf(each.next().path("Value"), skipped.keySet())) {
                    each.remove();
                }
            }
        }
        return skipped;
    }

    private static boolean namesOneOf(JsonNode value, Iterable<String> ids) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.asText());
        }
        value.findValues("Ref").forEach(name -> texts.add("${" + name.asText() + "}"));
        value.findValues("Fn::Sub")
                .forEach(sub -> texts.add(sub.isArray() ? sub.path(0).asText() : sub.asText()));
        value.findValues("Fn::GetAtt")
                .forEach(names ->
                        texts.add("${" + (names.isArray() ? names.path(0).asText() : names.asText()) + "}"));
        for (String id : ids) {
            Pattern reference = Pattern.compile("\\$\\{" + Pattern.quote(id) + "[.}]");
            if (texts.stream().anyMatch(text -> reference.matcher(text).find())) {
                return true;
            }
        }
        return false;
    }
}
