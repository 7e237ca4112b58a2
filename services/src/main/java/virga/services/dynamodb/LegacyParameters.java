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
import virga.model.dynamodb.AttributeValueUpdate;
import virga.model.dynamodb.ExpectedAttributeValue;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.KeyCondition;
import virga.services.dynamodb.expression.LegacyConditions;
import virga.services.dynamodb.expression.LegacyUpdate;
import virga.services.dynamodb.expression.Path;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.expression.Update;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.Value;

/** A request's parameters from before expressions. Source: "Legacy DynamoDB conditional parameters", Developer Guide. */
record LegacyParameters(Structure request) {
    Condition expected() {
        Map<String, ExpectedAttributeValue> expected = mapped("Expected");
        List<Condition> conditions = new ArrayList<>();
        expected.forEach((attribute, wanted) -> conditions.add(expected(attribute, wanted)));
        return LegacyConditions.joined(conditions, joinsWithOr());
    }

    Condition filter() {
        Map<String, virga.model.dynamodb.Condition> filter = new LinkedHashMap<>(mapped("QueryFilter"));
        filter.putAll(mapped("ScanFilter"));
        List<Condition> conditions = new ArrayList<>();
        filter.forEach((attribute, wanted) -> conditions.add(
                LegacyConditions.of(attribute, wanted.comparisonOperator(), values(wanted.attributeValueList()))));
        return LegacyConditions.joined(conditions, joinsWithOr());
    }

    Optional<KeyCondition> keyCondition(KeySchema schema) {
        Map<String, virga.model.dynamodb.Condition> given = mapped("KeyConditions");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<String, LegacyConditions.Arguments> arguments = new LinkedHashMap<>();
        given.forEach((attribute, wanted) -> arguments.put(
                attribute,
                new LegacyConditions.Arguments(wanted.comparisonOperator(), values(wanted.attributeValueList()))));
        return Optional.of(LegacyConditions.key(arguments, schema));
    }

    Optional<Projection> attributesToGet() {
        return Expressions.<List<String>>member(request, "AttributesToGet")
                .map(names ->
                        Projection.of(names.stream().distinct().map(Path::of).toList()));
    }

    Update update() {
        LegacyUpdate update = new LegacyUpdate();
        Map<String, AttributeValueUpdate> given = mapped("AttributeUpdates");
        given.forEach((attribute, change) -> {
            String action = change.action().orElse("PUT");
            Optional<Value> value = change.value().map(AttributeValues::toValue);
            switch (action) {
                case "PUT" -> update.put(attribute, value.orElseThrow(() -> onlyDelete()));
                case "ADD" -> update.add(attribute, value.orElseThrow(() -> onlyDelete()));
                default ->
                    value.ifPresentOrElse(present -> update.delete(attribute, present), () -> update.delete(attribute));
            }
        });
        return update.build();
    }

    private static Condition expected(String attribute, ExpectedAttributeValue wanted) {
        Optional<AttributeValue> value = wanted.value();
        if (wanted.comparisonOperator().isPresent()) {
            if (value.isPresent() && wanted.hasAttributeValueList()) {
                throw invalid("Value and AttributeValueList cannot be used together for Attribute: " + attribute);
            }
            List<AttributeValue> arguments = value.map(List::of).orElse(wanted.attributeValueList());
            return LegacyConditions.of(attribute, wanted.comparisonOperator().get(), values(arguments));
        }
        if (wanted.exists().orElse(true)) {
            AttributeValue equal = value.orElseThrow(() -> invalid("Value must be provided when Exists is "
                    + wanted.exists().map(String::valueOf).orElse("null") + " for Attribute: " + attribute));
            return LegacyConditions.of(attribute, "EQ", List.of(AttributeValues.toValue(equal)));
        }
        if (value.isPresent()) {
            throw invalid("Value cannot be used when Exists is set to false for Attribute: " + attribute);
        }
        return LegacyConditions.of(attribute, "NULL", List.of());
    }

    private boolean joinsWithOr() {
        return Expressions.<String>member(request, "ConditionalOperator")
                .orElse("AND")
                .equals("OR");
    }

    private <T> Map<String, T> mapped(String name) {
        return Expressions.<Map<String, T>>member(request, name).orElse(Map.of());
    }

    private static List<Value> values(List<AttributeValue> given) {
        return given.stream().map(AttributeValues::toValue).toList();
    }

    private static Fault onlyDelete() {
        return invalid("Only DELETE action is allowed when no attribute value is specified");
    }

    private static Fault invalid(String problem) {
        return Faults.validation("One or more parameter values were invalid: " + problem);
    }
}
