package virga.services.dynamodb.expression;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import virga.services.dynamodb.item.Value;

/** The names and values that a request gives to its expressions, and which of them the expressions have used. */
public final class Placeholders {
    private static final int MAXIMUM_LENGTH = 255;

    private final Map<String, String> names;
    private final Map<String, Value> values;
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    private Placeholders(Map<String, String> names, Map<String, Value> values) {
        this.names = new LinkedHashMap<>(names);
        this.values = new LinkedHashMap<>(values);
        this.unusedNames = new LinkedHashSet<>(names.keySet());
        this.unusedValues = new LinkedHashSet<>(values.keySet());
    }

    public static Placeholders none() {
        return new Placeholders(Map.of(), Map.of());
    }

    /**
     * @param names {@code #placeholder} to attribute name
     * @param values {@code :placeholder} to value
     * @throws virga.kernel.Fault ValidationException where a placeholder is not well formed
     */
    public static Placeholders of(Map<String, String> names, Map<String, Value> values) {
        names.forEach((key, name) -> {
            checkKey("ExpressionAttributeNames", '#', key);
            if (name.isEmpty()) {
                throw ExpressionKind.plain(
                        "ExpressionAttributeNames contains invalid value: Empty attribute name for key " + key);
            }
        });
        values.keySet().forEach(key -> checkKey("ExpressionAttributeValues", ':', key));
        return new Placeholders(names, values);
    }

    Optional<String> name(String placeholder) {
        unusedNames.remove(placeholder);
        return Optional.ofNullable(names.get(placeholder));
    }

    Optional<Value> value(String placeholder) {
        unusedValues.remove(placeholder);
        return Optional.ofNullable(values.get(placeholder));
    }

    /** Once every expression of the request is read. @throws virga.kernel.Fault ValidationException where something was not used */
    public void checkAllUsed() {
        if (!unusedNames.isEmpty()) {
            throw ExpressionKind.plain(
                    "Value provided in ExpressionAttributeNames unused in expressions: keys: " + shown(unusedNames));
        }
        if (!unusedValues.isEmpty()) {
            throw ExpressionKind.plain(
                    "Value provided in ExpressionAttributeValues unused in expressions: keys: " + shown(unusedValues));
        }
    }

    private static String shown(Set<String> keys) {
        return keys.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static void checkKey(String parameter, char mark, String key) {
        if (key.length() > MAXIMUM_LENGTH) {
            throw ExpressionKind.plain(
                    parameter + " contains invalid key: The expression attribute map contains a key that is too long;");
        }
        Token only = Tokenizer.tokens(key).getFirst();
        Token.Kind wanted = mark == '#' ? Token.Kind.NAME_PLACEHOLDER : Token.Kind.VALUE_PLACEHOLDER;
        if (only.kind() != wanted || only.end() != key.length()) {
            throw ExpressionKind.plain(parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
        }
    }
}
