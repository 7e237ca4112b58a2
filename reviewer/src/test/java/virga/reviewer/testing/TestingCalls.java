package virga.reviewer.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.Put;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.Update;
import virga.model.dynamodb.UpdateItemInput;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.s3.DeleteObjectRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

/** What a handler calls, in short words. */
public final class TestingCalls {
    private final LiveEnvironment environment;
    private final Scope scope;
    private final Principal principal;
    private final Cause cause;
    private final Predicate<Cause> killed;

    /** @param killed whether the worker that handles an event was killed */
    TestingCalls(LiveEnvironment environment, Scope scope, Principal principal, Cause cause, Predicate<Cause> killed) {
        this.killed = killed;
        this.environment = environment;
        this.scope = scope;
        this.principal = principal;
        this.cause = cause;
    }

    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        try {
            O output = environment.call(environment.newCall(scope, principal, cause), operation, input);
            dieIfKilled();
            return output;
        } catch (Fault fault) {
            dieIfKilled();
            throw fault;
        }
    }

    private void dieIfKilled() {
        if (killed.test(cause)) {
            throw new TestingFunctions.Killed();
        }
    }

    public String uuid() {
        return environment.ports().ids().uuid();
    }

    public String now() {
        return environment.ports().clock().now().toString();
    }

    public void put(String table, String id, String... attributes) {
        call(
                DynamoDb.PUT_ITEM,
                PutItemInput.builder()
                        .tableName(table)
                        .item(item(id, attributes))
                        .build());
    }

    /** False where the item was there already. */
    public boolean putOnce(String table, String id, String... attributes) {
        try {
            call(
                    DynamoDb.PUT_ITEM,
                    PutItemInput.builder()
                            .tableName(table)
                            .item(item(id, attributes))
                            .conditionExpression("attribute_not_exists(id)")
                            .build());
            return true;
        } catch (Fault fault) {
            return recognised(fault, "ConditionalCheckFailedException");
        }
    }

    public boolean exists(String table, String id) {
        return !call(
                        DynamoDb.GET_ITEM,
                        GetItemInput.builder()
                                .tableName(table)
                                .key(item(id))
                                .consistentRead(true)
                                .build())
                .item()
                .isEmpty();
    }

    /** A text of an item as an eventually consistent read shows it; empty where it shows none. */
    public Optional<String> glance(String table, String id, String attribute) {
        return Optional.ofNullable(call(
                                DynamoDb.GET_ITEM,
                                GetItemInput.builder()
                                        .tableName(table)
                                        .key(item(id))
                                        .build())
                        .item()
                        .get(attribute))
                .flatMap(AttributeValue::s);
    }

    /** Writes an object to the bucket {@code files}. */
    public void putObject(String key, String body) {
        call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket("files")
                        .key(key)
                        .body(ByteStream.of(Bytes.ofUtf8(body)))
                        .build());
    }

    public void deleteObject(String key) {
        call(
                S3.DELETE_OBJECT,
                DeleteObjectRequest.builder().bucket("files").key(key).build());
    }

    public void delete(String table, String id) {
        call(
                DynamoDb.DELETE_ITEM,
                DeleteItemInput.builder().tableName(table).key(item(id)).build());
    }

    /** An update expression that may use the number {@code :n}. */
    public void update(String table, String id, String expression, String number) {
        call(
                DynamoDb.UPDATE_ITEM,
                UpdateItemInput.builder()
                        .tableName(table)
                        .key(item(id))
                        .updateExpression(expression)
                        .expressionAttributeValues(Map.of(":n", number(number)))
                        .build());
    }

    /** Marks {@code marker} and adds to a counter in one transaction; nothing where the marker was there. */
    public void addOnce(String markers, String marker, String counters, String counter, String number) {
        add(
                Put.builder()
                        .tableName(markers)
                        .item(item(marker))
                        .conditionExpression("attribute_not_exists(id)")
                        .build(),
                counters,
                counter,
                number);
    }

    /** The same without a condition: it adds each time. */
    public void addAlways(String markers, String marker, String counters, String counter, String number) {
        add(Put.builder().tableName(markers).item(item(marker)).build(), counters, counter, number);
    }

    private void add(Put mark, String counters, String counter, String number) {
        Update add = Update.builder()
                .tableName(counters)
                .key(item(counter))
                .updateExpression("ADD tally :n")
                .expressionAttributeValues(Map.of(":n", number(number)))
                .build();
        try {
            call(
                    DynamoDb.TRANSACT_WRITE_ITEMS,
                    TransactWriteItemsInput.builder()
                            .transactItems(List.of(
                                    TransactWriteItem.builder().put(mark).build(),
                                    TransactWriteItem.builder().update(add).build()))
                            .build());
        } catch (Fault fault) {
            recognised(fault, "TransactionCanceledException");
        }
    }

    public void send(String queue, String body) {
        call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(url(queue))
                        .messageBody(body)
                        .build());
    }

    public void publish(String type, String detail) {
        call(
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .source("tests")
                                .detailType(type)
                                .detail(detail)
                                .build()))
                        .build());
    }

    public void invoke(String function, String event) {
        call(
                Lambda.INVOKE,
                InvocationRequest.builder()
                        .functionName(function)
                        .payload(Bytes.ofUtf8(event))
                        .build());
    }

    private String url(String queue) {
        return TestingSystem.ENDPOINT + "/" + scope.account() + "/" + queue;
    }

    private static boolean recognised(Fault fault, String code) {
        if (!fault.code().equals(code)) {
            throw fault;
        }
        return false;
    }

    /** Attributes are names and texts in turn. */
    private static Map<String, AttributeValue> item(String id, String... attributes) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("id", AttributeValue.builder().s(id).build());
        for (int i = 0; i < attributes.length; i += 2) {
            item.put(
                    attributes[i], AttributeValue.builder().s(attributes[i + 1]).build());
        }
        return item;
    }

    private static AttributeValue number(String number) {
        return AttributeValue.builder().n(number).build();
    }
}
