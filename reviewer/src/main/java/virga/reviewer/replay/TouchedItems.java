package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.KeySchemaElement;
import virga.observe.json.Json;

/** The DynamoDB items that calls wrote to, in the order of the first write, and what stands there in the end. */
final class TouchedItems {
    private final LiveEnvironment fork;
    private final Map<String, Touched> touched = new LinkedHashMap<>();
    private final Map<String, List<String>> keys = new TreeMap<>();

    private String maker = "";

    private record Touched(Scope scope, String table, Map<String, AttributeValue> key, SortedSet<String> makers) {}

    TouchedItems(LiveEnvironment fork) {
        this.fork = fork;
    }

    /** What is touched from now on is touched by this function. */
    void by(String function) {
        maker = function;
    }

    void put(Scope scope, String table, Map<String, AttributeValue> item) {
        List<String> names = keys.computeIfAbsent(table, unused -> keyOf(scope, table));
        Map<String, AttributeValue> key = new TreeMap<>();
        item.forEach((name, value) -> {
            if (names.contains(name)) {
                key.put(name, value);
            }
        });
        touch(scope, table, key);
    }

    void touch(Scope scope, String table, Map<String, AttributeValue> key) {
        Map<String, AttributeValue> ordered = new TreeMap<>(key);
        touched.computeIfAbsent(
                        table + " " + StructureJson.of((Object) ordered).text(),
                        unused -> new Touched(scope, table, ordered, new TreeSet<>()))
                .makers()
                .add(maker);
    }

    List<Effect> states() {
        List<Effect> states = new ArrayList<>();
        for (Touched item : touched.values()) {
            Map<String, Json> content = new LinkedHashMap<>();
            content.put("key", StructureJson.of((Object) item.key()));
            content.put("item", standing(item));
            String table = item.table().substring(item.table().lastIndexOf('/') + 1);
            states.add(new Effect(Effect.Kind.ITEM, table, StructureJson.object(content), "", item.makers()));
        }
        return states;
    }

    private Json standing(Touched item) {
        try {
            Map<String, AttributeValue> found = fork.call(
                            EffectReader.reading(fork, item.scope()).counted(),
                            DynamoDb.GET_ITEM,
                            GetItemInput.builder()
                                    .tableName(item.table())
                                    .key(item.key())
                                    .consistentRead(true)
                                    .build())
                    .item();
            return found.isEmpty() ? new Json.Null() : StructureJson.of((Object) found);
        } catch (Fault tableGone) {
            return new Json.Null();
        }
    }

    private List<String> keyOf(Scope scope, String table) {
        return fork
                .call(
                        EffectReader.reading(fork, scope).counted(),
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName(table).build())
                .table()
                .stream()
                .flatMap(description -> description.keySchema().stream())
                .map(KeySchemaElement::attributeName)
                .toList();
    }
}
