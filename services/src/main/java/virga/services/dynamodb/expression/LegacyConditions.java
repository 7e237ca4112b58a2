package virga.services.dynamodb.expression;

import java.util.List;
import java.util.Map;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.Value;
import virga.services.dynamodb.item.ValueType;

/**
 * Conditions from the parameters that came before expressions: {@code Expected}, {@code KeyConditions}, {@code QueryFilter},
 * {@code ScanFilter}.
 *
 * <p>Source: "Legacy DynamoDB conditional parameters", Developer Guide.
 */
public final class LegacyConditions {
    private LegacyConditions() {}

    /** Joined by AND, or by OR. */
    public static Condition joined(List<Condition> conditions, boolean or) {
        return conditions.stream()
                .reduce((left, right) -> or ? new Condition.Or(left, right) : new Condition.And(left, right))
                .orElse(Condition.ALWAYS);
    }

    /**
     * @param operator a ComparisonOperator: {@code EQ}, {@code NOT_NULL}, ...
     * @throws Fault ValidationException where it takes other arguments
     */
    public static Condition of(String attribute, String operator, List<Value> arguments) {
        check(operator, arguments);
        Path path = Path.of(attribute);
        Operand at = new Operand.At(path);
        return switch (operator) {
            case "NULL" -> new Condition.AttributeNotExists(path);
            case "NOT_NULL" -> new Condition.AttributeExists(path);
            case "CONTAINS" -> new Condition.Contains(at, constant(arguments.getFirst()));
            case "NOT_CONTAINS" ->
                new Condition.And(
                        new Condition.AttributeExists(path),
                        new Condition.Not(new Condition.Contains(at, constant(arguments.getFirst()))));
            case "BEGINS_WITH" -> new Condition.BeginsWith(at, constant(arguments.getFirst()));
            case "IN" ->
                new Condition.In(
                        at, arguments.stream().map(LegacyConditions::constant).toList());
            case "BETWEEN" -> new Condition.Between(at, constant(arguments.getFirst()), constant(arguments.getLast()));
            default -> new Condition.Comparison(comparator(operator), at, constant(arguments.getFirst()));
        };
    }

    /** A key condition from one operator and its arguments for each key attribute. @throws Fault ValidationException */
    public static KeyCondition key(Map<String, Arguments> byAttribute, KeySchema schema) {
        Map<String, SortCondition> byKey = new java.util.LinkedHashMap<>();
        byAttribute.forEach((attribute, given) -> {
            check(given.operator(), given.values());
            byKey.put(attribute, sortCondition(given));
        });
        return KeyCondition.of(byKey, schema);
    }

    /** A ComparisonOperator and its AttributeValueList. */
    public record Arguments(String operator, List<Value> values) {}

    private static SortCondition sortCondition(Arguments given) {
        return switch (given.operator()) {
            case "BETWEEN" ->
                new SortCondition.Between(
                        given.values().getFirst(), given.values().getLast());
            case "BEGINS_WITH" -> new SortCondition.BeginsWith(given.values().getFirst());
            case "EQ", "LT", "LE", "GT", "GE" ->
                new SortCondition.Compared(
                        comparator(given.operator()), given.values().getFirst());
            default -> throw ExpressionKind.plain("Attempted conditional constraint is not an indexable operation");
        };
    }

    private static Operand constant(Value value) {
        return new Operand.Constant(value);
    }

    private static Condition.Comparator comparator(String operator) {
        return switch (operator) {
            case "EQ" -> Condition.Comparator.EQUAL;
            case "NE" -> Condition.Comparator.NOT_EQUAL;
            case "LT" -> Condition.Comparator.LESS;
            case "LE" -> Condition.Comparator.AT_MOST;
            case "GT" -> Condition.Comparator.GREATER;
            case "GE" -> Condition.Comparator.AT_LEAST;
            default -> throw new Bug("not a comparison operator: " + operator);
        };
    }

    private static void check(String operator, List<Value> arguments) {
        boolean enough = switch (operator) {
            case "NULL", "NOT_NULL" -> arguments.isEmpty();
            case "BETWEEN" -> arguments.size() == 2;
            case "IN" -> !arguments.isEmpty();
            default -> arguments.size() == 1;
        };
        if (!enough) {
            throw invalid("Invalid number of argument(s) for the " + operator + " ComparisonOperator");
        }
        for (Value argument : arguments) {
            if (!takes(operator, argument.type())) {
                throw invalid("ComparisonOperator " + operator + " is not valid for " + argument.type()
                        + " AttributeValue type");
            }
        }
    }

    private static boolean takes(String operator, ValueType type) {
        return switch (operator) {
            case "LT", "LE", "GT", "GE", "BETWEEN", "IN", "CONTAINS", "NOT_CONTAINS" -> type.isOrdered();
            case "BEGINS_WITH" -> type == ValueType.S || type == ValueType.B;
            default -> true;
        };
    }

    private static Fault invalid(String problem) {
        return ExpressionKind.plain("One or more parameter values were invalid: " + problem);
    }
}
