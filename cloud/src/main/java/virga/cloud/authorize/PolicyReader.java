package virga.cloud.authorize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.cloud.authorize.Statement.Selection;

/**
 * Reads a policy document. It refuses what does not have the grammar's shape; what a kind of policy may say is for
 * {@link PolicyGrammar}.
 *
 * <p>Source: "Grammar of the IAM JSON policy language", AWS IAM User Guide.
 */
final class PolicyReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> TOP = Set.of("Version", "Id", "Statement");
    private static final Set<String> OF_STATEMENT = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Set<String> PRINCIPAL_TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    private PolicyReader() {}

    /** The document is not one: with AWS's words where a kind of policy does not have its own. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean json;

        private Malformed(boolean json) {
            super("Syntax errors in policy.", null, false, false);
            this.json = json;
        }

        /** Whether it is JSON at all. */
        boolean isJson() {
            return json;
        }
    }

    static PolicyDocument read(String text) throws Malformed {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Malformed(false);
        }
        if (document == null || !document.isObject()) {
            throw new Malformed(document != null && !document.isMissingNode());
        }
        only(document, TOP);
        String version = document.has("Version") ? text(document.get("Version")) : PolicyDocument.OLD;
        if (!version.equals(PolicyDocument.CURRENT) && !version.equals(PolicyDocument.OLD)) {
            throw new Malformed(true);
        }
        if (document.has("Id")) {
            text(document.get("Id"));
        }
        return new PolicyDocument(version, statements(document.get("Statement"), version));
    }

    private static List<Statement> statements(JsonNode node, String version) throws Malformed {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : several(node)) {
            statements.add(statement(statement, statements.size() + 1, version));
        }
        return List.copyOf(statements);
    }

    private static Statement statement(JsonNode node, int place, String version) throws Malformed {
        if (!node.isObject()) {
            throw new Malformed(true);
        }
        only(node, OF_STATEMENT);
        String effect = node.has("Effect") ? text(node.get("Effect")) : "";
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new Malformed(true);
        }
        String sid = node.has("Sid") ? text(node.get("Sid")) : "";
        return new Statement(
                sid.isEmpty() ? "#" + place : sid,
                effect.equals("Allow"),
                principals(node),
                selection(node, "Action"),
                selection(node, "Resource"),
                conditions(node.get("Condition")),
                version.equals(PolicyDocument.CURRENT));
    }

    private static Selection selection(JsonNode statement, String element) throws Malformed {
        boolean positive = statement.has(element);
        boolean negative = statement.has("Not" + element);
        if (positive && negative) {
            throw new Malformed(true);
        }
        if (!positive && !negative) {
            return Selection.ABSENT;
        }
        return new Selection(true, negative, texts(statement.get(positive ? element : "Not" + element)));
    }

    private static Principals principals(JsonNode statement) throws Malformed {
        boolean positive = statement.has("Principal");
        boolean negative = statement.has("NotPrincipal");
        if (positive && negative) {
            throw new Malformed(true);
        }
        if (!positive && !negative) {
            return Principals.ABSENT;
        }
        JsonNode node = statement.get(positive ? "Principal" : "NotPrincipal");
        if (node.isTextual() && node.textValue().equals("*")) {
            return new Principals(true, negative, List.of(new Principals.Named("AWS", "*")));
        }
        if (!node.isObject()) {
            throw new Malformed(true);
        }
        only(node, PRINCIPAL_TYPES);
        List<Principals.Named> named = new ArrayList<>();
        for (Map.Entry<String, JsonNode> type : node.properties()) {
            for (String value : texts(type.getValue())) {
                named.add(new Principals.Named(type.getKey(), value));
            }
        }
        return new Principals(true, negative, List.copyOf(named));
    }

    private static List<Condition> conditions(JsonNode node) throws Malformed {
        List<Condition> conditions = new ArrayList<>();
        if (node == null) {
            return conditions;
        }
        if (!node.isObject()) {
            throw new Malformed(true);
        }
        for (Map.Entry<String, JsonNode> operator : node.properties()) {
            if (!operator.getValue().isObject()) {
                throw new Malformed(true);
            }
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                conditions.add(condition(operator.getKey(), key.getKey(), scalars(key.getValue())));
            }
        }
        return List.copyOf(conditions);
    }

    private static Condition condition(String written, String key, List<String> values) throws Malformed {
        Condition.SetOperator set = Condition.SetOperator.NONE;
        String name = written;
        if (name.startsWith("ForAllValues:")) {
            set = Condition.SetOperator.FOR_ALL_VALUES;
            name = name.substring("ForAllValues:".length());
        } else if (name.startsWith("ForAnyValue:")) {
            set = Condition.SetOperator.FOR_ANY_VALUE;
            name = name.substring("ForAnyValue:".length());
        }
        boolean ifExists = name.endsWith("IfExists");
        ConditionOperator operator = ConditionOperator.named(
                        ifExists ? name.substring(0, name.length() - "IfExists".length()) : name)
                .orElseThrow(() -> new Malformed(true));
        if (operator == ConditionOperator.NULL && ifExists) {
            throw new Malformed(true);
        }
        return new Condition(set, operator, ifExists, key, values);
    }

    private static void only(JsonNode node, Set<String> names) throws Malformed {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!names.contains(field.getKey())) {
                throw new Malformed(true);
            }
        }
    }

    private static String text(JsonNode node) throws Malformed {
        if (!node.isTextual()) {
            throw new Malformed(true);
        }
        return node.textValue();
    }

    private static List<String> texts(JsonNode node) throws Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : several(node)) {
            texts.add(text(value));
        }
        return List.copyOf(texts);
    }

    /** Values of conditions may be written as numbers and booleans, too. */
    private static List<String> scalars(JsonNode node) throws Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : several(node)) {
            if (!value.isValueNode() || value.isNull()) {
                throw new Malformed(true);
            }
            texts.add(value.asText());
        }
        return List.copyOf(texts);
    }

    /** One value, or an array of them. */
    private static List<JsonNode> several(JsonNode node) throws Malformed {
        if (node == null || node.isNull()) {
            throw new Malformed(true);
        }
        if (!node.isArray()) {
            return List.of(node);
        }
        List<JsonNode> values = new ArrayList<>();
        node.forEach(values::add);
        return values;
    }
}
