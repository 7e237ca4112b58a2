package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules.Change;
import virga.cloud.provision.Provisioner;
import virga.kernel.Fault;
import virga.kernel.Unsupported;
import virga.services.cloudformation.template.Intrinsics;

/** The properties of a resource type against its rules: which are known, and what a change of them means. */
final class PropertyPaths {
    private final String type;
    private final Map<List<String>, Change> known = new LinkedHashMap<>();
    private final List<List<String>> unsupported = new ArrayList<>();
    private final List<String> required;

    PropertyPaths(Provisioner provisioner) {
        this.type = provisioner.type();
        provisioner.properties().known().forEach((path, change) -> known.put(List.of(path.split("/")), change));
        provisioner.properties().unsupported().forEach(path -> unsupported.add(List.of(path.split("/"))));
        this.required = provisioner.properties().required();
    }

    /**
     * @throws Unsupported where properties are not done: all are named
     * @throws Fault where properties are unknown or missing: all are named; functions not yet evaluated pass
     */
    void check(String logicalId, JsonNode properties) {
        List<String> gaps = gaps(properties);
        if (!gaps.isEmpty()) {
            throw new Unsupported(gaps);
        }
        List<String> violations = new ArrayList<>();
        for (String name : required) {
            if (!properties.has(name)) {
                violations.add("#: required key [" + name + "] not found");
            }
        }
        properties.properties().forEach(field -> check(List.of(field.getKey()), field.getValue(), violations));
        if (!violations.isEmpty()) {
            String count = violations.size() == 1 ? "" : "#: " + violations.size() + " schema violations found\n";
            throw Properties.invalid(logicalId, count + String.join("\n", violations));
        }
    }

    /** The properties that are not done, as in {@code AWS::SQS::Queue/KmsMasterKeyId}. */
    List<String> gaps(JsonNode properties) {
        List<String> gaps = new ArrayList<>();
        properties.properties().forEach(field -> gaps(List.of(field.getKey()), field.getValue(), gaps));
        return gaps;
    }

    private void gaps(List<String> path, JsonNode value, List<String> gaps) {
        if (matches(unsupported, path)) {
            gaps.add(type + "/" + String.join("/", path));
        } else if (!isFree(path)) {
            eachBelow(path, value, (longer, below) -> gaps(longer, below, gaps));
        }
    }

    private void check(List<String> path, JsonNode value, List<String> violations) {
        if (isFree(path)) {
            return;
        }
        if (known.keySet().stream().noneMatch(pattern -> begins(pattern, path))) {
            String where = String.join("/", path.subList(0, path.size() - 1));
            violations.add("#" + (where.isEmpty() ? "" : "/" + where) + ": extraneous key [" + path.getLast()
                    + "] is not permitted");
            return;
        }
        eachBelow(path, value, (longer, below) -> check(longer, below, violations));
    }

    /** What stands in an object or a list; nothing in a function that is not yet evaluated. */
    private static void eachBelow(List<String> path, JsonNode value, BiConsumer<List<String>, JsonNode> visit) {
        if (Intrinsics.call(value).isPresent()) {
            return;
        }
        if (value.isArray()) {
            value.forEach(item -> visit.accept(below(path, "[]"), item));
        } else if (value.isObject()) {
            value.properties().forEach(field -> visit.accept(below(path, field.getKey()), field.getValue()));
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private boolean isFree(List<String> path) {
        return known.keySet().stream()
                .anyMatch(pattern -> pattern.getLast().equals("**")
                        && pattern.size() - 1 <= path.size()
                        && fits(pattern.subList(0, pattern.size() - 1), path.subList(0, pattern.size() - 1)));
    }

    private static boolean matches(List<List<String>> patterns, List<String> path) {
        return patterns.stream().anyMatch(pattern -> {
            boolean open = pattern.getLast().equals("**");
            List<String> front = open ? pattern.subList(0, pattern.size() - 1) : pattern;
            return front.size() <= path.size()
                    && (open || front.size() == path.size())
                    && fits(front, path.subList(0, front.size()));
        });
    }

    /** Whether {@code path} is a pattern or leads to one. */
    private static boolean begins(List<String> pattern, List<String> path) {
        return path.size() <= pattern.size() && fits(pattern.subList(0, path.size()), path);
    }

    private static boolean fits(List<String> pattern, List<String> path) {
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (!part.equals("*") && !part.equals("**") && !part.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What changes between two sets of properties: for each top-level one, whether it can be done in place. */
    Map<String, Change> changes(JsonNode before, JsonNode after) {
        Map<String, Change> changes = new LinkedHashMap<>();
        TreeSet<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!same(before.path(name), after.path(name))) {
                changes.put(name, change(List.of(name), before.path(name), after.path(name)));
            }
        }
        return changes;
    }

    private Change change(List<String> path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject() && !isFree(path)) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            boolean replace = names.stream()
                    .filter(name -> !same(before.path(name), after.path(name)))
                    .anyMatch(name -> change(below(path, name), before.path(name), after.path(name)) == Change.REPLACE);
            return replace ? Change.REPLACE : Change.IN_PLACE;
        }
        return known.entrySet().stream()
                        .filter(rule -> begins(rule.getKey(), path)
                                || rule.getKey().getLast().equals("**")
                                        && isFree(path)
                                        && fitsFree(rule.getKey(), path))
                        .anyMatch(rule -> rule.getValue() == Change.REPLACE)
                ? Change.REPLACE
                : Change.IN_PLACE;
    }

    private static boolean fitsFree(List<String> pattern, List<String> path) {
        List<String> front = pattern.subList(0, pattern.size() - 1);
        return front.size() <= path.size() && fits(front, path.subList(0, front.size()));
    }

    /** CloudFormation's scalars are texts: 1 and "1" are the same. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isValueNode() && other.isValueNode()) {
            return one.asText().equals(other.asText());
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isObject() && other.isObject() && one.size() == other.size()) {
            return one.properties().stream()
                    .allMatch(field -> other.has(field.getKey()) && same(field.getValue(), other.get(field.getKey())));
        }
        return one.isMissingNode() && other.isMissingNode();
    }
}
