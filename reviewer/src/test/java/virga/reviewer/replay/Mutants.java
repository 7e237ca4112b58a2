package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.Delete;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.Put;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.UpdateItemInput;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.sqs.SendMessageBatchRequest;
import virga.model.sqs.SendMessageBatchRequestEntry;
import virga.model.sqs.Sqs;
import virga.observe.json.Json;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingCalls;
import virga.reviewer.testing.TestingFunction;

/** One careful function, and what becomes of it when one care is left out; beside them other classic pairs. */
final class Mutants {
    private static final String DONE = "{\"done\":true}";

    private final List<Labelled> all = new ArrayList<>();

    static List<Labelled> all() {
        Mutants mutants = new Mutants();
        mutants.charge();
        mutants.locks();
        mutants.batches();
        mutants.keys();
        mutants.orders();
        return mutants.all;
    }

    private void add(String name, Verdict verdict, TestingFunction function) {
        all.add(new Labelled(name, verdict, function, system -> {}));
    }

    private void charge() {
        add("charge: marker and counter in one transaction", Verdict.SAFE, (calls, event) -> {
            calls.addOnce("two", id(event), "one", "total", "5");
            return DONE;
        });
        add("charge: condition dropped", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("two", id(event));
            calls.update("one", "total", "ADD tally :n", "5");
            return DONE;
        });
        add("charge: now in the marker's key", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.addOnce("two", id(event) + calls.now(), "one", "total", "5");
            return DONE;
        });
        add("charge: the key is null", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            String key = event.fields().containsKey("order") ? id(event) : "";
            if (key.isEmpty() || calls.putOnce("two", key)) {
                calls.update("one", "total", "ADD tally :n", "5");
            }
            return DONE;
        });
        add("charge: transaction token made anew", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            transaction(calls, calls.uuid());
            return DONE;
        });
        add("charge: transaction token of the order", Verdict.SAFE, (calls, event) -> {
            transaction(calls, id(event));
            return DONE;
        });
        add("charge: adds to what stands there", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.update("one", "total", "SET tally = if_not_exists(tally, :n) + :n", "5");
            return DONE;
        });
    }

    /** Adds to a counter in a transaction that the table recognises by its token. */
    private static void transaction(TestingCalls calls, String token) {
        calls.call(
                DynamoDb.TRANSACT_WRITE_ITEMS,
                TransactWriteItemsInput.builder()
                        .clientRequestToken(token)
                        .transactItems(List.of(TransactWriteItem.builder()
                                .update(virga.model.dynamodb.Update.builder()
                                        .tableName("one")
                                        .key(key("total"))
                                        .updateExpression("ADD tally :n")
                                        .expressionAttributeValues(Map.of(
                                                ":n",
                                                AttributeValue.builder().n("5").build()))
                                        .build())
                                .build()))
                        .build());
    }

    private void locks() {
        add("lock: given back in the same transaction", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event), "state", "done");
            calls.delete("two", "lock");
            return DONE;
        });
        add("lock: expires long after the retry", Verdict.STUCK, (calls, event) -> {
            if (!calls.putOnce("three", "lock", "expires", "2099-01-01T00:00:00Z")) {
                throw new IllegalStateException("locked");
            }
            calls.put("one", id(event));
            calls.delete("three", "lock");
            return DONE;
        });
        add("lock: kept for ever, second delivery passes it", Verdict.LOST_EFFECT, (calls, event) -> {
            if (calls.putOnce("three", id(event))) {
                calls.put("one", id(event));
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("lock: work before the mark, each step once", Verdict.SAFE, (calls, event) -> {
            calls.putOnce("one", id(event));
            calls.putOnce("two", id(event));
            calls.putOnce("three", id(event));
            return DONE;
        });
    }

    private void batches() {
        add("batch of messages", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.call(
                    Sqs.SEND_MESSAGE_BATCH,
                    SendMessageBatchRequest.builder()
                            .queueUrl("http://127.0.0.1:4566/000000000000/out")
                            .entries(List.of(entry("a", id(event)), entry("b", id(event))))
                            .build());
            return DONE;
        });
        add("two events in one call", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.call(
                    Events.PUT_EVENTS,
                    PutEventsRequest.builder()
                            .entries(List.of(happened("A", id(event)), happened("B", id(event))))
                            .build());
            return DONE;
        });
        add("two rows in one transaction", Verdict.SAFE, (calls, event) -> {
            calls.call(
                    DynamoDb.TRANSACT_WRITE_ITEMS,
                    TransactWriteItemsInput.builder()
                            .transactItems(List.of(put("one", id(event)), put("two", id(event))))
                            .build());
            return DONE;
        });
        add("two rows in one transaction, one under a new id", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.call(
                    DynamoDb.TRANSACT_WRITE_ITEMS,
                    TransactWriteItemsInput.builder()
                            .transactItems(List.of(put("one", id(event)), put("two", calls.uuid())))
                            .build());
            return DONE;
        });
        add("a row moved in one transaction", Verdict.SAFE, (calls, event) -> {
            calls.call(
                    DynamoDb.TRANSACT_WRITE_ITEMS,
                    TransactWriteItemsInput.builder()
                            .transactItems(List.of(
                                    put("one", id(event)),
                                    TransactWriteItem.builder()
                                            .delete(Delete.builder()
                                                    .tableName("two")
                                                    .key(key(id(event)))
                                                    .build())
                                            .build()))
                            .build());
            return DONE;
        });
    }

    private void keys() {
        add("list_append", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            append(calls, "");
            return DONE;
        });
        add("list_append where it is not in the list", Verdict.SAFE, (calls, event) -> {
            append(calls, "attribute_not_exists(entries) OR NOT contains(entries, :entry)");
            return DONE;
        });
        add("event's id as the key of three rows", Verdict.SAFE, (calls, event) -> {
            List.of("one", "two", "three").forEach(table -> calls.put(table, id(event)));
            return DONE;
        });
        add("one of three rows under a new id", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", id(event));
            calls.put("two", id(event));
            calls.put("three", calls.uuid());
            return DONE;
        });
    }

    private void orders() {
        add("publish moved before the write", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.publish("Taken", id(event).isEmpty() ? "{}" : "{\"order\":1}");
            calls.put("one", id(event));
            return DONE;
        });
        add("write, and the stream publishes", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event));
            return DONE;
        });
        add("write, then delete elsewhere", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event));
            calls.delete("two", id(event));
            return DONE;
        });
        add("publish only where the row is new", Verdict.LOST_EFFECT, (calls, event) -> {
            if (calls.putOnce("one", id(event))) {
                calls.send("out", "{\"order\":\"" + id(event) + "\"}");
            }
            return DONE;
        });
    }

    private static void append(TestingCalls calls, String condition) {
        UpdateItemInput.Builder update = UpdateItemInput.builder()
                .tableName("one")
                .key(key("log"))
                .updateExpression("SET entries = list_append(if_not_exists(entries, :none), :entries)");
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":none", AttributeValue.builder().l(List.of()).build());
        values.put(
                ":entries",
                AttributeValue.builder()
                        .l(List.of(AttributeValue.builder().s("order-1").build()))
                        .build());
        if (!condition.isEmpty()) {
            values.put(":entry", AttributeValue.builder().s("order-1").build());
            update.conditionExpression(condition);
        }
        try {
            calls.call(
                    DynamoDb.UPDATE_ITEM,
                    update.expressionAttributeValues(values).build());
        } catch (virga.kernel.Fault seenBefore) {
            if (!seenBefore.code().equals("ConditionalCheckFailedException")) {
                throw seenBefore;
            }
        }
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private static PutEventsRequestEntry happened(String type, String order) {
        return PutEventsRequestEntry.builder()
                .source("tests")
                .detailType(type)
                .detail("{\"order\":\"" + order + "\"}")
                .build();
    }

    private static TransactWriteItem put(String table, String id) {
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(key(id)).build())
                .build();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.builder().s(id).build());
    }

    private static String id(Json.Structure event) {
        return ((Json.Text) event.fields().get("id")).value();
    }
}
