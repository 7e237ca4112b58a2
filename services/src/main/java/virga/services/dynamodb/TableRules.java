package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Faults;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.ProvisionedThroughput;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.ValueType;

/** What AWS asks of the definition of a table and its indexes. Source: "CreateTable", API Reference. */
final class TableRules {
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 255;

    private TableRules() {}

    /** @param parameter {@code TableName} or {@code IndexName} */
    static void checkName(String parameter, String name) {
        if (name.length() < SHORTEST_NAME || name.length() > LONGEST_NAME) {
            throw Faults.validation(parameter + " must be at least 3 characters long and at most 255 characters long");
        }
        for (char c : name.toCharArray()) {
            boolean allowed = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
            if (!allowed) {
                String member = Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1);
                throw Faults.validation(
                        "1 validation error detected: Value '" + name + "' at '" + member
                                + "' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
            }
        }
    }

    static List<KeyAttribute> definitions(List<AttributeDefinition> given) {
        List<KeyAttribute> definitions = new ArrayList<>();
        for (AttributeDefinition each : given) {
            if (definitions.stream().anyMatch(known -> known.name().equals(each.attributeName()))) {
                throw Faults.validation("Cannot have two attributes with the same name: " + each.attributeName());
            }
            definitions.add(new KeyAttribute(each.attributeName(), ValueType.valueOf(each.attributeType())));
        }
        return definitions;
    }

    static KeySchema key(List<KeySchemaElement> given, List<KeyAttribute> definitions) {
        if (given.size() > 2) {
            throw Fault.unsupported("KeySchema with more than one attribute of a kind");
        }
        if (!given.getFirst().keyType().equals("HASH")) {
            throw Faults.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (given.size() == 2 && !given.get(1).keyType().equals("RANGE")) {
            throw Faults.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        List<String> names = given.stream().map(KeySchemaElement::attributeName).toList();
        if (names.size() == 2 && names.getFirst().equals(names.getLast())) {
            throw Faults.validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        List<KeyAttribute> attributes = new ArrayList<>();
        for (String name : names) {
            attributes.add(definitions.stream()
                    .filter(definition -> definition.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                                    + names + ", AttributeDefinitions: " + names(definitions))));
        }
        return new KeySchema(attributes);
    }

    /** Every definition must be used by a key. */
    static void checkDefinitionsUsed(List<KeyAttribute> definitions, KeySchema key, List<SecondaryIndex> indexes) {
        Set<String> used = new LinkedHashSet<>(key.names());
        indexes.forEach(index -> used.addAll(index.key().names()));
        if (used.containsAll(names(definitions))) {
            return;
        }
        if (indexes.isEmpty()) {
            throw invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in"
                    + " AttributeDefinitions");
        }
        throw invalid("Some AttributeDefinitions are not used. AttributeDefinitions: " + names(definitions)
                + ", keys used: " + used);
    }

    static Throughput throughput(String billingMode, Optional<ProvisionedThroughput> given) {
        if (billingMode.equals("PAY_PER_REQUEST")) {
            if (given.isPresent()) {
                throw invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                        + " PAY_PER_REQUEST");
            }
            return Throughput.ON_DEMAND;
        }
        return given.map(Throughput::of)
                .orElseThrow(() -> invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                        + " BillingMode is PROVISIONED"));
    }

    static void checkIndexes(KeySchema key, List<SecondaryIndex> indexes, DynamoDbLimits.Tables limits) {
        Set<String> names = new LinkedHashSet<>();
        for (SecondaryIndex index : indexes) {
            checkName("IndexName", index.name());
            if (!names.add(index.name())) {
                throw invalid("Duplicate index name: " + index.name());
            }
            if (!index.global()) {
                checkLocal(key, index);
            }
        }
        long global = indexes.stream().filter(SecondaryIndex::global).count();
        if (global > limits.globalIndexes()) {
            throw invalid("GlobalSecondaryIndex count exceeds the per-table limit of " + limits.globalIndexes());
        }
        if (indexes.size() - global > limits.localIndexes()) {
            throw invalid("Number of LocalSecondaryIndexes exceeds per-table limit of " + limits.localIndexes());
        }
    }

    private static void checkLocal(KeySchema key, SecondaryIndex index) {
        if (key.sort().isEmpty()) {
            throw invalid("Table KeySchema does not have a range key, which is required when specifying a"
                    + " LocalSecondaryIndex");
        }
        if (index.key().sort().isEmpty()) {
            throw invalid("Index KeySchema does not have a range key for index: " + index.name());
        }
        if (!index.key().hash().equals(key.hash())) {
            throw invalid("Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                    + index.name() + ". index hash key: " + index.key().hash().name() + ", table hash key: "
                    + key.hash().name());
        }
    }

    static SecondaryIndex.Projected projected(virga.model.dynamodb.Projection given) {
        String type = given.projectionType().orElseThrow(() -> invalid("Unknown ProjectionType: null"));
        SecondaryIndex.Projected projected = SecondaryIndex.Projected.valueOf(type);
        boolean includes = projected == SecondaryIndex.Projected.INCLUDE;
        if (includes && given.nonKeyAttributes().isEmpty()) {
            throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        if (!includes && given.hasNonKeyAttributes()) {
            throw invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        return projected;
    }

    static Fault invalid(String problem) {
        return Faults.validation("One or more parameter values were invalid: " + problem);
    }

    private static List<String> names(List<KeyAttribute> attributes) {
        return attributes.stream().map(KeyAttribute::name).toList();
    }
}
