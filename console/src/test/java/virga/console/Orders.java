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
import virga.observe.Observatory;
import virga.observe.Records;
import virga.observe.Retention;
import virga.store.memory.MemoryStore;

/** An environment in which orders were taken: through an API, a table, a queue, a bus, and functions that fail now and then. */
final class Orders implements AutoCloseable {
    static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    static final Scope SCOPE = new Scope("default", "000000000000", "us-east-1");

    private final Ports ports = SystemPorts.of(1, Duration.ZERO, thrown -> {});
    private final Observatory observatory = new Observatory(Retention.DEFAULT);
    private final MemoryStore store = new MemoryStore();
    private final MemoryStore emptyStore = new MemoryStore();
    private final Records records = observatory.open("default", store, ports);
    private final Records empty = observatory.open("empty", emptyStore, ports);
    private final Instant beginning = ports.clock().now().minusSeconds(90);

    ConsoleApi api() {
        return new ConsoleApi(observatory, new Environments() {
            @Override
            public List<String> names() {
                return List.of("default", "empty");
            }

            @Override
            public Optional<Instant> now(String environment) {
                return Optional.of(ports.clock().now());
            }
        });
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
                invocation
                        ? Bytes.ofUtf8("{\"orderId\":\"17\",\"note\":\"<b>bold</b>\"}")
                        : Bytes.of((byte) 1, (byte) 0),
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
