package virga.cloud.authorize;

import java.util.List;
import java.util.Optional;

/**
 * One key of a {@code Condition} block with its operator.
 *
 * <p>Source: "Conditions with multiple context keys or values" and "Set operators for multivalued context keys", AWS IAM User Guide.
 */
record Condition(SetOperator set, ConditionOperator operator, boolean ifExists, String key, List<String> values) {
    /** How several values in the request are taken together. */
    enum SetOperator {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    boolean holds(RequestContext context, boolean variables) {
        List<String> actual = context.values(key);
        if (operator == ConditionOperator.NULL) {
            boolean absent = !context.has(key);
            return values.stream().anyMatch(wanted -> Boolean.parseBoolean(wanted) == absent);
        }
        if (actual.isEmpty()) {
            return switch (set) {
                case FOR_ALL_VALUES -> true;
                case FOR_ANY_VALUE -> ifExists;
                case NONE -> ifExists || operator.negated();
            };
        }
        return switch (set) {
            case FOR_ALL_VALUES -> actual.stream().allMatch(value -> one(value, context, variables));
            case FOR_ANY_VALUE -> actual.stream().anyMatch(value -> one(value, context, variables));
            case NONE ->
                operator.negated()
                        ? actual.stream().allMatch(value -> one(value, context, variables))
                        : actual.stream().anyMatch(value -> one(value, context, variables));
        };
    }

    /** Whether one value of the request satisfies the operator: equal to one of the values, or to none where it is negated. */
    private boolean one(String actual, RequestContext context, boolean variables) {
        boolean equal = values.stream().anyMatch(wanted -> {
            Optional<String> prepared = operator.takesWildcards()
                    ? Wildcard.prepare(wanted, context, variables)
                    : Wildcard.prepareLiteral(wanted, context, variables);
            return prepared.isPresent() && operator.compare(prepared.get(), actual);
        });
        return equal != operator.negated();
    }
}
