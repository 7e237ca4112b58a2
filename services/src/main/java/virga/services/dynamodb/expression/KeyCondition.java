package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/**
 * One partition of a table or index, and which of its sort keys.
 *
 * <p>Source: "Key condition expressions for the Query operation", Developer Guide.
 */
public record KeyCondition(Value hash, SortCondition sort) {
    /** @throws Fault ValidationException where {@code text} is no condition on the key {@code schema} */
    public static KeyCondition parse(String text, Placeholders placeholders, KeySchema schema) {
        return of(Condition.parse(ExpressionKind.KEY_CONDITION, text, placeholders), schema);
    }

    /** The same from a condition that is read already. */
    static KeyCondition of(Condition condition, KeySchema schema) {
        List<OnKey> all = new ArrayList<>();
        collect(condition, all);
        Map<String, SortCondition> byKey = new LinkedHashMap<>();
        for (OnKey one : all) {
            if (byKey.put(one.key(), one.condition()) != null) {
                throw ExpressionKind.plain("KeyConditionExpressions must only contain one condition per key");
            }
        }
        return of(byKey, schema);
    }

    /** From one condition for each key attribute. */
    static KeyCondition of(Map<String, SortCondition> byKey, KeySchema schema) {
        if (byKey.size() > 2) {
            throw ExpressionKind.plain("Conditions can be of length 1 or 2 only");
        }
        KeyAttribute hash = schema.hash();
        SortCondition onHash = byKey.get(hash.name());
        if (onHash == null) {
            throw missed(hash);
        }
        checkTypes(onHash, hash);
        if (!(onHash instanceof SortCondition.Compared(Condition.Comparator comparator, Value value))
                || comparator != Condition.Comparator.EQUAL) {
            throw ExpressionKind.plain("Query key condition not supported");
        }
        if (byKey.size() == 1) {
            return new KeyCondition(value, new SortCondition.Any());
        }
        KeyAttribute sort = schema.sort().orElseThrow(() -> ExpressionKind.plain("Query key condition not supported"));
        SortCondition onSort = byKey.get(sort.name());
        if (onSort == null) {
            throw missed(sort);
        }
        checkTypes(onSort, sort);
        return new KeyCondition(value, onSort);
    }

    private record OnKey(String key, SortCondition condition) {}

    private static void collect(Condition condition, List<OnKey> into) {
        switch (condition) {
            case Condition.And(Condition left, Condition right) -> {
                collect(left, into);
                collect(right, into);
            }
            case Condition.Comparison(Condition.Comparator comparator, Operand left, Operand right) ->
                into.add(compared(comparator, left, right));
            case Condition.Between(Operand operand, Operand low, Operand high) ->
                into.add(new OnKey(
                        keyFirst("BETWEEN", operand), new SortCondition.Between(constant(low), constant(high))));
            case Condition.BeginsWith(Operand operand, Operand prefix) ->
                into.add(new OnKey(keyFirst("begins_with", operand), new SortCondition.BeginsWith(constant(prefix))));
            case Condition.Or ignored -> throw invalidOperator("OR");
            case Condition.Not ignored -> throw invalidOperator("NOT");
            case Condition.In ignored -> throw invalidOperator("IN");
            case Condition.AttributeExists ignored -> throw invalidOperator("attribute_exists");
            case Condition.AttributeNotExists ignored -> throw invalidOperator("attribute_not_exists");
            case Condition.AttributeType ignored -> throw invalidOperator("attribute_type");
            case Condition.Contains ignored -> throw invalidOperator("contains");
            case Condition.Always ignored -> throw new virga.kernel.Bug("not a parsed condition");
        }
    }

    private static OnKey compared(Condition.Comparator comparator, Operand left, Operand right) {
        if (comparator == Condition.Comparator.NOT_EQUAL) {
            throw invalidOperator("<>");
        }
        if (left instanceof Operand.Size || right instanceof Operand.Size) {
            throw ExpressionKind.plain("KeyConditionExpressions cannot contain nested operations");
        }
        if (left instanceof Operand.At(Path path)) {
            return new OnKey(key(path), new SortCondition.Compared(comparator, constant(right)));
        }
        if (right instanceof Operand.At(Path path)) {
            return new OnKey(key(path), new SortCondition.Compared(mirrored(comparator), constant(left)));
        }
        throw invalidCondition("No key attribute specified");
    }

    private static Condition.Comparator mirrored(Condition.Comparator comparator) {
        return switch (comparator) {
            case LESS -> Condition.Comparator.GREATER;
            case AT_MOST -> Condition.Comparator.AT_LEAST;
            case GREATER -> Condition.Comparator.LESS;
            case AT_LEAST -> Condition.Comparator.AT_MOST;
            case EQUAL, NOT_EQUAL -> comparator;
        };
    }

    private static String keyFirst(String operator, Operand operand) {
        if (operand instanceof Operand.At(Path path)) {
            return key(path);
        }
        throw invalidCondition(operator + " operator must have the key attribute as its first operand");
    }

    private static String key(Path path) {
        if (!path.isTopLevel()) {
            throw ExpressionKind.plain("Key attributes must be scalars; list random access '[]' and map lookup '.' are"
                    + " not allowed: Key: " + path.attribute());
        }
        return path.attribute();
    }

    private static Value constant(Operand operand) {
        return switch (operand) {
            case Operand.Constant(Value value) -> value;
            case Operand.At ignored -> throw invalidCondition("Multiple attribute names used in one condition");
            case Operand.Size ignored ->
                throw ExpressionKind.plain("KeyConditionExpressions cannot contain nested operations");
        };
    }

    private static void checkTypes(SortCondition condition, KeyAttribute key) {
        List<Value> values = switch (condition) {
            case SortCondition.Any() -> List.of();
            case SortCondition.Compared(var comparator, Value to) -> List.of(to);
            case SortCondition.Between(Value low, Value high) -> List.of(low, high);
            case SortCondition.BeginsWith(Value prefix) -> List.of(prefix);
        };
        for (Value value : values) {
            if (value.type() != key.type()) {
                throw ExpressionKind.plain("One or more parameter values were invalid: Condition parameter type does"
                        + " not match schema type");
            }
        }
        Optional<Value> empty = values.stream().filter(KeyCondition::isEmpty).findFirst();
        if (empty.isPresent() && !(condition instanceof SortCondition.BeginsWith)) {
            String kind = empty.get().type() == ValueType.B ? "binary" : "string";
            throw ExpressionKind.plain("One or more parameter values are not valid. The AttributeValue for a key"
                    + " attribute cannot contain an empty " + kind + " value. Key: " + key.name());
        }
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.S(String text) && text.isEmpty()
                || value instanceof Value.B(var bytes) && bytes.isEmpty();
    }

    private static Fault missed(KeyAttribute key) {
        return ExpressionKind.plain("Query condition missed key schema element: " + key.name());
    }

    private static Fault invalidOperator(String operator) {
        return ExpressionKind.plain("Invalid operator used in KeyConditionExpression: " + operator);
    }

    private static Fault invalidCondition(String problem) {
        return ExpressionKind.plain("Invalid condition in KeyConditionExpression: " + problem);
    }
}
