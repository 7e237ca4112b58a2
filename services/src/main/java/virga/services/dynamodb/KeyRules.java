package virga.services.dynamodb;

import java.util.Map;
import virga.cloud.Faults;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeValue;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeyBytes;
import virga.services.dynamodb.item.Sizes;
import virga.services.dynamodb.item.Value;

/** What a table asks of the keys and items that it is given. */
record KeyRules(Table table, DynamoDbLimits.Items limits) {
    /** A primary key from a request. @throws Fault ValidationException where it is not one of this table */
    Item key(Map<String, AttributeValue> given) {
        Item key = AttributeValues.toItem(given);
        if (key.attributes().size() != table.key().attributes().size()
                || !table.key().fits(key)) {
            throw Faults.validation("The provided key element does not match the schema");
        }
        checkKeyValues(key);
        return key;
    }

    /** A whole item from a request. @throws Fault ValidationException where this table cannot hold it */
    Item item(Map<String, AttributeValue> given) {
        Item item = AttributeValues.toItem(given);
        for (KeyAttribute key : table.key().attributes()) {
            Value value = item.attributes().get(key.name());
            if (value == null) {
                throw invalid("Missing the key " + key.name() + " in the item");
            }
            if (value.type() != key.type()) {
                throw invalid("Type mismatch for key " + key.name() + " expected: " + key.type() + " actual: "
                        + value.type());
            }
        }
        checkKeyValues(item);
        checkContent(item, "Item size has exceeded the maximum allowed size");
        return item;
    }

    /** An item as an update left it. @throws Fault ValidationException where this table cannot hold it */
    void checkUpdated(Item item) {
        checkContent(item, "Item size to update has exceeded the maximum allowed size");
    }

    private void checkKeyValues(Item item) {
        for (KeyAttribute key : table.key().attributes()) {
            if (isEmpty(item.attributes().get(key.name()))) {
                throw Faults.validation(
                        "One or more parameter values are not valid. The AttributeValue for a key attribute"
                                + " cannot contain an empty " + emptyKind(key) + " value. Key: " + key.name());
            }
        }
        checkLength(item, table.key().hash(), limits.hashKeyBytes(), true);
        table.key().sort().ifPresent(key -> checkLength(item, key, limits.sortKeyBytes(), false));
    }

    private void checkContent(Item item, String tooLarge) {
        if (item.attributes().values().stream().anyMatch(value -> Sizes.depth(value) > limits.maximumDepth())) {
            throw Faults.validation("Nesting Levels have exceeded supported limits: Attributes in the item have nested"
                    + " levels beyond supported limit");
        }
        for (SecondaryIndex index : table.indexes()) {
            for (KeyAttribute key : index.key().attributes()) {
                item.get(key.name()).ifPresent(value -> checkIndexKey(index, key, value, item));
            }
        }
        if (item.size() > limits.maximumBytes()) {
            throw Faults.validation(tooLarge);
        }
    }

    private void checkIndexKey(SecondaryIndex index, KeyAttribute key, Value value, Item item) {
        if (value.type() != key.type()) {
            throw invalid("Type mismatch for Index Key " + key.name() + " Expected: " + key.type() + " Actual: "
                    + value.type() + " IndexName: " + index.name());
        }
        if (isEmpty(value)) {
            throw Faults.validation(
                    "One or more parameter values are not valid. A value specified for a secondary index key"
                            + " is not supported. The AttributeValue for a key attribute cannot contain an empty "
                            + emptyKind(key) + " value. IndexName: " + index.name() + ", IndexKey: " + key.name());
        }
        boolean hash = index.key().hash().equals(key);
        checkLength(item, key, hash ? limits.hashKeyBytes() : limits.sortKeyBytes(), hash);
    }

    private static void checkLength(Item item, KeyAttribute key, int maximum, boolean hash) {
        if (KeyBytes.of(item.attributes().get(key.name())).length() > maximum) {
            throw invalid(
                    hash
                            ? "Size of hashkey has exceeded the maximum size limit of" + maximum + " bytes"
                            : "Aggregated size of all range keys has exceeded the size limit of " + maximum + " bytes");
        }
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.S(String text) && text.isEmpty()
                || value instanceof Value.B(var bytes) && bytes.isEmpty();
    }

    private static String emptyKind(KeyAttribute key) {
        return key.type() == virga.services.dynamodb.item.ValueType.B ? "binary" : "string";
    }

    private static Fault invalid(String problem) {
        return Faults.validation("One or more parameter values were invalid: " + problem);
    }
}
