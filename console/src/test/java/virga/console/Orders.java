package virga.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.Scope;
import virga.kernel.system.SystemPorts;
import virga.model.StructureCodec;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PutItemInput;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.observe.Names;
import virga.observe.Observatory;
import virga.observe.Records;
import virga.observe.Retention;
import virga.store.memory.MemoryStore;

/** An environment in which orders were taken: through an API, a table, a queue, a bus, and functions that fail now and then. */
final class Orders implements AutoCloseable {
    static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    static final Scope SCOPE = new Scope("default", "000000000000", "us-east-1");

    /** As a template would have them: the table is Orders in stack shop, the API has a name. */
    private static final Names NAMES = resource -> switch (resource.name()) {
        case "orders" -> Optional.of(new Names.Name("Orders", "shop"));
        case "a1b2c3" -> Optional.of(new Names.Name("shop-api", "shop"));
        default -> Optional.empty();
    };

    private final Ports ports = SystemPorts.of(1, Duration.ZERO, thrown -> {});
    private final Observatory observatory = new Observatory(Retention.DEFAULT);
    private final MemoryStore store = new MemoryStore();
    private final MemoryStore emptyStore = new MemoryStore();
    private final Records records = observatory.open("default", store, ports);
    private final Records empty = observatory.open("empty", emptyStore, ports);
    private final Instant beginning = ports.clock().now().minusSeconds(90);

    ConsoleApi api() {
        return new ConsoleApi(
                observatory,
                new Environments() {
                    @Override
                    public List<String> names() {
                        return List.of("default", "empty");
                    }

                    @Override
                    public Optional<Instant> now(String environment) {
                        return Optional.of(ports.clock().now());
                    }

                    @Override
                    public Names names(String environment) {
                        return NAMES;
                    }
                },
                List.of(DynamoDb.MODEL, Sqs.MODEL));
    }

    static String trace(int number) {
        return "1-6905f3c0-%024x".formatted(number);
    }

    /** Takes order {@code number}; every third fails to ship. */
    Orders take(int number) {
        String n = Integer.toString(number);
        Cause root = Cause.root(trace(number));
        long at = number * 4_000L;
        boolean fails = number % 3 == 0;
        SortedMap<String, String> cold =
                new TreeMap<>(Map.of("billedMillis", "239", "memoryMegabytes", "1024", "architecture", "arm64"));
        if (number == 0) {
            cold.putAll(Map.of(
                    "initNanos",
                    "136000000",
                    "unpackNanos",
                    "12400000",
                    "processNanos",
                    "71000000",
                    "handlerNanos",
                    "52600000"));
        }
        add(
                "req" + n,
                CallRecord.Kind.REQUEST,
                "execute-api POST /orders",
                "arn:aws:apigateway:us-east-1::/apis/a1b2c3",
                at,
                246.3,
                "ok 201",
                Map.of(),
                root);
        add(
                "take" + n,
                CallRecord.Kind.INVOCATION,
                "lambda Invocation",
                function("take-order"),
                at + 3,
                238.1,
                "ok 200",
                cold,
                root.next("req" + n, "apigateway"));
        Cause taken = root.next("take" + n, "invocation");
        add(
                "put" + n,
                CallRecord.Kind.CALL,
                "dynamodb PutItem",
                "arn:aws:dynamodb:us-east-1:000000000000:table/orders",
                at + 152,
                4.2,
                "ok 200",
                Map.of("consumedWriteUnits", "1"),
                taken);
        add(
                "send" + n,
                CallRecord.Kind.CALL,
                "sqs SendMessage",
                "arn:aws:sqs:us-east-1:000000000000:shipments",
                at + 221,
                2.6,
                "ok 200",
                Map.of(),
                taken);
        add(
                "event" + n,
                CallRecord.Kind.CALL,
                "events PutEvents",
                "arn:aws:events:us-east-1:000000000000:event-bus/default",
                at + 228,
                3.1,
                "ok 200",
                Map.of(),
                taken);
        add(
                "mail" + n,
                CallRecord.Kind.INVOCATION,
                "lambda Invocation",
                function("mail"),
                at + 243,
                22,
                "ok 200",
                billed("22"),
                root.next("event" + n, "events"));
        SortedMap<String, String> shipped = billed("88");
        if (fails) {
            shipped.put("message", "TypeError: Cannot read properties of undefined (reading 'address')");
        }
        add(
                "ship" + n,
                CallRecord.Kind.INVOCATION,
                "lambda Invocation",
                function("ship"),
                at + 262,
                88,
                fails ? "Unhandled 200" : "ok 200",
                shipped,
                root.next("send" + n, "sqs"));
        add(
                "label" + n,
                CallRecord.Kind.CALL,
                "s3 GetObject",
                "arn:aws:s3:::labels/eu/17.pdf",
                at + 301,
                15,
                fails ? "NoSuchKey 404" : "ok 200",
                Map.of(),
                root.next("ship" + n, "invocation"));
        log("take-order", "take" + n, at + 150, "START RequestId: take" + n + " Version: $LATEST\n");
        log("take-order", "take" + n, at + 152, "2026-11-29T10:33:40.321Z\ttake" + n + "\tWARN\tstock is low\n");
        log(
                "take-order",
                "take" + n,
                at + 155,
                "{\"level\":\"INFO\",\"message\":\"order taken\",\"orderId\":\"17\"}\n");
        log("take-order", "take" + n, at + 160, "note from the customer: " + HOSTILE);
        if (fails) {
            log(
                    "ship",
                    "ship" + n,
                    at + 300,
                    "ERROR TypeError: Cannot read properties of undefined (reading 'address')\n    at handler (/var/task/index.js:12:31)");
        }
        return this;
    }

    /** A system of {@code size} functions, each with a queue that the next but some read: a map of twice as many resources. */
    Orders system(int size) {
        Cause root = Cause.root("1-6905f3c0-%024x".formatted(900_000));
        for (int i = 0; i < size; i++) {
            Cause from = i == 0 ? root : root.next("queued-" + (i - 1) / 3, "sqs");
            String function = "a-function-with-quite-a-long-name-" + i;
            add(
                    "work-" + i,
                    CallRecord.Kind.INVOCATION,
                    "lambda Invocation",
                    function(function),
                    10L * i,
                    8,
                    "ok 200",
                    billed("8"),
                    from);
            add(
                    "queued-" + i,
                    CallRecord.Kind.CALL,
                    "sqs SendMessage",
                    "arn:aws:sqs:us-east-1:000000000000:queue-" + i,
                    10L * i + 4,
                    2,
                    "ok 200",
                    Map.of(),
                    root.next("work-" + i, "invocation"));
        }
        return this;
    }

    /** One trace of {@code hops} hops: a function that writes items, one by one. */
    Orders writes(int hops) {
        Cause root = Cause.root(trace(800_000));
        add(
                "writer",
                CallRecord.Kind.INVOCATION,
                "lambda Invocation",
                function("writer"),
                0,
                hops * 3.0,
                "ok 200",
                billed("900"),
                root);
        for (int i = 1; i < hops; i++) {
            add(
                    "write-" + i,
                    CallRecord.Kind.CALL,
                    "dynamodb PutItem",
                    "arn:aws:dynamodb:us-east-1:000000000000:table/orders",
                    3L * i,
                    2,
                    i % 700 == 0 ? "ProvisionedThroughputExceededException 400" : "ok 200",
                    Map.of(),
                    root.next("writer", "invocation"));
        }
        return this;
    }

    /** What a deployment leaves: an upload, a stack that reads it, and questions how far it is. */
    Orders deployed() {
        add(
                "upload",
                CallRecord.Kind.CALL,
                "s3 PutObject",
                "arn:aws:s3:::deployments/code.zip",
                0,
                3,
                "ok 200",
                Map.of(),
                Cause.root(trace(700_001)));
        Cause stack = Cause.root(trace(700_002));
        add(
                "stack",
                CallRecord.Kind.CALL,
                "cloudformation CreateStack",
                "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1",
                5,
                3,
                "ok 200",
                Map.of(),
                stack);
        add(
                "package",
                CallRecord.Kind.CALL,
                "s3 GetObject",
                "arn:aws:s3:::deployments/code.zip",
                9,
                3,
                "ok 200",
                Map.of(),
                stack.next("stack", "cloudformation"));
        add(
                "look",
                CallRecord.Kind.CALL,
                "cloudformation DescribeStacks",
                "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1",
                20,
                1,
                "ok 200",
                Map.of(),
                Cause.root(trace(700_003)));
        return this;
    }

    private static Bytes asked(String operation) {
        return switch (operation) {
            case "PutItem" ->
                StructureCodec.encode(PutItemInput.builder()
                        .tableName("orders")
                        .item(new TreeMap<>(Map.of(
                                "orderId", AttributeValue.ofS("17"),
                                "quantity", AttributeValue.ofN("12345678901234567890"))))
                        .build());
            case "SendMessage" ->
                StructureCodec.encode(SendMessageRequest.builder()
                        .queueUrl("https://sqs.us-east-1.amazonaws.com/000000000000/shipments")
                        .messageBody("{\"orderId\":\"17\"}")
                        .build());
            default -> Bytes.of((byte) 1, (byte) 0);
        };
    }

    private static SortedMap<String, String> billed(String millis) {
        return new TreeMap<>(Map.of("billedMillis", millis, "memoryMegabytes", "256", "architecture", "x86_64"));
    }

    private static String function(String name) {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }

    private void log(String function, String record, long at, String message) {
        records.log(SCOPE, "/aws/lambda/" + function, "stream", beginning.plusMillis(at), message, record);
    }

    /** @param what service and operation @param ended outcome and status */
    private void add(
            String id,
            CallRecord.Kind kind,
            String what,
            String resource,
            long at,
            double millis,
            String ended,
            Map<String, String> details,
            Cause... causes) {
        String[] operation = what.split(" ", 2);
        String[] end = ended.split(" ");
        boolean invocation = kind == CallRecord.Kind.INVOCATION;
        records.record(new CallRecord(
                id,
                kind,
                SCOPE,
                "arn:aws:iam::000000000000:root",
                Arrays.asList(causes),
                operation[0],
                operation[1],
                List.of(resource),
                beginning.plusMillis(at),
                Math.round(millis * 1_000_000),
                end[0],
                Integer.parseInt(end[1]),
                invocation ? Bytes.ofUtf8("{\"orderId\":\"17\",\"note\":\"<b>bold</b>\"}") : asked(operation[1]),
                invocation ? Bytes.ofUtf8("{\"statusCode\":201}") : Bytes.EMPTY,
                0,
                new TreeMap<>(details)));
    }

    @Override
    public void close() {
        records.close();
        empty.close();
        store.close();
        emptyStore.close();
    }
}
