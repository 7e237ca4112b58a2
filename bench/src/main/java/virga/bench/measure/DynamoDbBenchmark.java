package virga.bench.measure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Load;
import virga.bench.Section;
import virga.bench.contender.Contender.Api;
import virga.bench.contender.Server;

/** Puts items, gets them, and queries partitions of ten. */
public final class DynamoDbBenchmark implements Benchmark {
    private static final String TABLE = "bench";
    private static final int ITEMS_OF_A_PARTITION = 10;

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public String describe() {
        return "PutItem, GetItem and Query, beside DynamoDB Local and moto";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "A table with partition and sort key, on demand, no stream; items of five attributes and 400 bytes. Each round puts"
                        + " new items; Query reads a partition of " + ITEMS_OF_A_PARTITION
                        + ". Reads are eventually consistent.");
        section.note(
                "DynamoDB Local runs in memory, on the same JDK with its defaults; Virga in memory and with its files.");
        Rounds.note(bench, section);
        new Rounds(bench, section).run(bench.contenders().answering(Api.DYNAMODB, section), OneTable::new);
    }

    /** Makes the table that benchmarks use. */
    static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
    }

    static void put(DynamoDbClient client, int round, int number) {
        Map<String, AttributeValue> item = key(round, number);
        item.put("count", AttributeValue.fromN(Integer.toString(number)));
        item.put("open", AttributeValue.fromBool(true));
        item.put("body", AttributeValue.fromS("b".repeat(360)));
        client.putItem(request -> request.tableName(TABLE).item(item));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static Map<String, AttributeValue> key(int round, int number) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        key.put("pk", partition(round, number));
        key.put("sk", AttributeValue.fromS("item-" + number % ITEMS_OF_A_PARTITION));
        return key;
    }

    private static AttributeValue partition(int round, int number) {
        return AttributeValue.fromS("round-" + round + "-" + number / ITEMS_OF_A_PARTITION);
    }

    private static final class OneTable implements Rounds.Operations {
        private final DynamoDbClient client;

        OneTable(Server server) {
            client = Clients.dynamoDb(server.endpoint());
            createTable(client);
        }

        @Override
        public Map<String, Load.Work> of(int round) {
            Map<String, Load.Work> operations = new LinkedHashMap<>();
            operations.put("PutItem", number -> put(client, round, number));
            operations.put("GetItem", number -> get(round, number));
            operations.put("Query of ten items", number -> query(round, number));
            return operations;
        }

        private void get(int round, int number) {
            if (!client.getItem(request -> request.tableName(TABLE).key(key(round, number)))
                    .hasItem()) {
                throw new IllegalStateException("an item that was put is not there");
            }
        }

        private void query(int round, int number) {
            int count = client.query(request -> request.tableName(TABLE)
                            .keyConditionExpression("pk = :pk")
                            .expressionAttributeValues(Map.of(":pk", partition(round, number))))
                    .count();
            if (count != ITEMS_OF_A_PARTITION) {
                throw new IllegalStateException("a partition has " + count + " items");
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
