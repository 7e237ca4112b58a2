package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Faults;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.ExpressionKind;
import virga.services.dynamodb.expression.KeyCondition;
import virga.services.dynamodb.expression.Placeholders;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.expression.Update;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.Value;

/**
 * The expressions of one request, and the placeholders that they share; where the request uses the parameters from before expressions,
 * the same from those. Every input of the model names these members alike, so they are found by name.
 */
final class Expressions {
    private static final List<String> EXPRESSIONS = List.of(
            "UpdateExpression",
            "ConditionExpression",
            "FilterExpression",
            "KeyConditionExpression",
            "ProjectionExpression");
    private static final List<String> LEGACY = List.of(
            "AttributesToGet",
            "AttributeUpdates",
            "Expected",
            "ConditionalOperator",
            "KeyConditions",
            "QueryFilter",
            "ScanFilter");

    private final Structure request;
    private final Placeholders placeholders;
    private final LegacyParameters legacy;

    /** @throws Fault ValidationException where placeholders are malformed, useless or mixed with older parameters */
    Expressions(Structure request) {
        this.request = request;
        this.legacy = new LegacyParameters(request);
        List<String> given = present(EXPRESSIONS);
        List<String> old = present(LEGACY);
        if (!given.isEmpty() && !old.isEmpty()) {
            throw Faults.validation(
                    "Can not use both expression and non-expression parameters in the same request: Non-expression"
                            + " parameters: {" + String.join(", ", old) + "} Expression parameters: {"
                            + String.join(", ", given) + "}");
        }
        this.placeholders = Placeholders.of(names(!given.isEmpty()), values(!given.isEmpty()));
    }

    /** {@code ConditionExpression} or {@code Expected}; one that always holds where there is neither. */
    Condition condition() {
        return text("ConditionExpression")
                .map(text -> Condition.parse(ExpressionKind.CONDITION, text, placeholders))
                .orElseGet(legacy::expected);
    }

    /** {@code UpdateExpression} or {@code AttributeUpdates}. */
    Update update() {
        return text("UpdateExpression")
                .map(text -> Update.parse(text, placeholders))
                .orElseGet(legacy::update);
    }

    /** {@code FilterExpression}, {@code QueryFilter} or {@code ScanFilter}. */
    Condition filter() {
        return text("FilterExpression")
                .map(text -> Condition.parse(ExpressionKind.FILTER, text, placeholders))
                .orElseGet(legacy::filter);
    }

    /** {@code KeyConditionExpression} or {@code KeyConditions}. @throws Fault ValidationException where there is neither */
    KeyCondition keyCondition(KeySchema schema) {
        return text("KeyConditionExpression")
                .map(text -> KeyCondition.parse(text, placeholders, schema))
                .or(() -> legacy.keyCondition(schema))
                .orElseThrow(
                        () -> Faults.validation(
                                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."));
    }

    /** {@code ProjectionExpression} or {@code AttributesToGet}. */
    Optional<Projection> projection() {
        return text("ProjectionExpression")
                .map(text -> Projection.parse(text, placeholders))
                .or(legacy::attributesToGet);
    }

    /** Once everything is read. @throws Fault ValidationException where a placeholder was not used */
    void checkAllUsed() {
        placeholders.checkAllUsed();
    }

    private Map<String, String> names(boolean useful) {
        Optional<Map<String, String>> names = member(request, "ExpressionAttributeNames");
        if (names.isPresent() && !useful) {
            throw Faults.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (names.isPresent() && names.get().isEmpty()) {
            throw Faults.validation("ExpressionAttributeNames must not be empty");
        }
        return names.orElse(Map.of());
    }

    private Map<String, Value> values(boolean useful) {
        Optional<Map<String, AttributeValue>> given = member(request, "ExpressionAttributeValues");
        if (given.isEmpty()) {
            return Map.of();
        }
        if (!useful) {
            List<String> possible = new ArrayList<>(EXPRESSIONS);
            possible.remove("ProjectionExpression");
            possible.removeIf(name -> request.schema().member(name).isEmpty());
            throw Faults.validation("ExpressionAttributeValues can only be specified when using expressions: "
                    + String.join(" and ", possible) + (possible.size() == 1 ? " is null" : " are null"));
        }
        if (given.get().isEmpty()) {
            throw Faults.validation("ExpressionAttributeValues must not be empty");
        }
        Map<String, Value> values = new LinkedHashMap<>();
        given.get().forEach((key, value) -> {
            try {
                values.put(key, AttributeValues.toValue(value));
            } catch (Fault invalid) {
                throw Faults.validation("ExpressionAttributeValues contains invalid value: " + invalid.getMessage()
                        + " for key " + key);
            }
        });
        return values;
    }

    private List<String> present(List<String> members) {
        return members.stream()
                .filter(name -> member(request, name).isPresent())
                .toList();
    }

    private Optional<String> text(String name) {
        return member(request, name);
    }

    /** A member that not every input has. */
    @SuppressWarnings("unchecked") // The type is the model's; each name has one type in all inputs.
    static <T> Optional<T> member(Structure request, String name) {
        return request.schema().member(name).map(member -> (T) request.valueOf(member));
    }
}
