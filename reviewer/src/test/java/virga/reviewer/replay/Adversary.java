package virga.reviewer.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PutItemInput;
import virga.observe.json.Json;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingCalls;
import virga.reviewer.testing.TestingFunction;

/**
 * Functions written to fool the checker: safe ones that look faulty, and faults that one schedule alone can show. What it was fooled by
 * once stays here.
 */
final class Adversary {
    private static final String DONE = "{\"done\":true}";
    private static final List<String> ONE = List.of("{\"id\":\"order-1\"}");
    private static final List<String> FIVE = List.of(
            "{\"id\":\"order-1\"}",
            "{\"id\":\"order-2\"}",
            "{\"id\":\"order-3\"}",
            "{\"id\":\"order-4\"}",
            "{\"id\":\"order-5\"}");

    private final List<Labelled> all = new ArrayList<>();

    static List<Labelled> all() {
        Adversary adversary = new Adversary();
        adversary.times();
        adversary.objects();
        adversary.meetings();
        adversary.memory();
        adversary.batches();
        adversary.leases();
        adversary.deliveries();
        adversary.staleReads();
        return adversary.all;
    }

    private void add(String name, Verdict verdict, TestingFunction function) {
        all.add(new Labelled(name, verdict, function, system -> {}));
    }

    private void queued(String name, Verdict verdict, List<String> messages, TestingFunction function) {
        all.add(new Labelled(name, verdict, () -> function, system -> {}, messages));
    }

    private void remembering(String name, Verdict verdict, Supplier<TestingFunction> worker) {
        all.add(new Labelled(name, verdict, worker, system -> {}, List.of()));
    }

    private void times() {
        add("expiry in three years as a number", Verdict.SAFE, (calls, event) -> {
            long expires = Instant.parse(calls.now()).getEpochSecond() + 3 * 365 * 86_400L;
            numbered(calls, id(event), "expires", Long.toString(expires));
            return DONE;
        });
        add("the time in milliseconds as a number", Verdict.SAFE, (calls, event) -> {
            numbered(
                    calls,
                    id(event),
                    "seen",
                    Long.toString(Instant.parse(calls.now()).toEpochMilli()));
            return DONE;
        });
        add("the second in the key", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", id(event) + "#" + Instant.parse(calls.now()).getEpochSecond());
            return DONE;
        });
        add("an answer with a generated id", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event));
            return "{\"receipt\":\"" + calls.uuid() + "\"}";
        });
        add("a random shard in the key", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", id(event) + "#" + Integer.toHexString(calls.uuid().hashCode()));
            return DONE;
        });
        add("a shard from the id in the key", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event).hashCode() % 4 + "#" + id(event));
            return DONE;
        });
    }

    private void objects() {
        add("an object under the order's id", Verdict.SAFE, (calls, event) -> {
            calls.putObject("orders/" + id(event), "{\"paid\":true}");
            return DONE;
        });
        add("an object under the order's id, with the time in it", Verdict.SAFE, (calls, event) -> {
            calls.putObject("orders/" + id(event), "{\"paid\":true,\"at\":\"" + calls.now() + "\"}");
            return DONE;
        });
        add("an object under a generated key", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.putObject("orders/" + calls.uuid(), "{\"order\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("an object that is deleted", Verdict.SAFE, (calls, event) -> {
            calls.deleteObject("inbox/" + id(event));
            return DONE;
        });
    }

    /** Only two copies at once show these. */
    private void meetings() {
        add(
                "a look, then marker and counter in one transaction that asks for nothing",
                Verdict.DUPLICATE_EFFECT,
                (calls, event) -> {
                    if (!calls.exists("two", id(event))) {
                        calls.addAlways("two", id(event), "one", "total", "5");
                    }
                    return DONE;
                });
        add("the same after a harmless write", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("three", id(event), "state", "begun");
            if (!calls.exists("two", id(event))) {
                calls.addAlways("two", id(event), "one", "total", "5");
            }
            return DONE;
        });
    }

    private void memory() {
        remembering("what it has seen is kept in memory", Verdict.DUPLICATE_EFFECT, () -> {
            Set<String> seen = new HashSet<>();
            return (calls, event) -> {
                if (seen.add(id(event))) {
                    calls.update("one", "total", "ADD tally :n", "5");
                }
                return DONE;
            };
        });
        remembering("a list in memory that grows from event to event", Verdict.DUPLICATE_EFFECT, () -> {
            List<String> lines = new ArrayList<>();
            return (calls, event) -> {
                lines.add(id(event));
                calls.put("one", id(event), "lines", String.join(",", lines));
                return DONE;
            };
        });
        remembering("a client in memory", Verdict.SAFE, () -> {
            List<String> connections = new ArrayList<>();
            return (calls, event) -> {
                if (connections.isEmpty()) {
                    connections.add(calls.uuid());
                }
                calls.put("one", id(event));
                return DONE;
            };
        });
    }

    private void batches() {
        queued("a batch that stops at what it has seen", Verdict.LOST_EFFECT, FIVE, (calls, event) -> {
            for (String order : orders(event)) {
                if (!calls.putOnce("two", order)) {
                    return DONE;
                }
            }
            return DONE;
        });
        queued("a batch that passes over what it has seen", Verdict.SAFE, FIVE, (calls, event) -> {
            orders(event).forEach(order -> calls.putOnce("two", order));
            return DONE;
        });
        queued("a batch with one order that adds", Verdict.DUPLICATE_EFFECT, FIVE, (calls, event) -> {
            for (String order : orders(event)) {
                if (order.equals("order-4")) {
                    calls.update("one", order, "ADD tally :n", "1");
                } else {
                    calls.put("one", order);
                }
            }
            return DONE;
        });
    }

    /** A lock with an end: what comes after it goes on. */
    private void leases() {
        queued(
                "a lease that has ended when the message comes again",
                Verdict.SAFE,
                ONE,
                (calls, event) -> leased(calls, event, 20));
        queued("a lease of an hour", Verdict.STUCK, ONE, (calls, event) -> leased(calls, event, 3600));
    }

    private static String leased(TestingCalls calls, Json.Structure event, int seconds) {
        Instant now = Instant.parse(calls.now());
        String order = orders(event).getFirst();
        boolean held = calls.glance("two", order, "until")
                .filter(until -> now.isBefore(Instant.parse(until)))
                .isPresent();
        if (held) {
            throw new IllegalStateException("another execution is in progress");
        }
        calls.put("two", order, "until", now.plusSeconds(seconds).toString());
        calls.put("one", order, "paid", "yes");
        calls.delete("two", order);
        return DONE;
    }

    private void deliveries() {
        queued("the whole record as the key", Verdict.DUPLICATE_EFFECT, ONE, (calls, event) -> {
            calls.put("one", Integer.toHexString(event.text().hashCode()));
            return DONE;
        });
        queued("the message's id as the key", Verdict.SAFE, ONE, (calls, event) -> {
            records(event, record -> text(record, "messageId")).forEach(id -> calls.put("one", id));
            return DONE;
        });
        queued(
                "an answer that nobody waits for",
                Verdict.SAFE,
                ONE,
                (calls, event) -> calls.putOnce("one", "order-1") ? "{\"created\":true}" : "{\"created\":false}");
    }

    private void staleReads() {
        add("reads what it has just written", Verdict.LOST_EFFECT, (calls, event) -> {
            calls.put("one", id(event), "state", "PAID");
            if (calls.glance("one", id(event), "state").equals(java.util.Optional.of("PAID"))) {
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("reads what it has just written, consistently", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event), "state", "PAID");
            if (calls.exists("one", id(event))) {
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("answers with what it reads", Verdict.ANSWER_CHANGED, (calls, event) -> {
            calls.put("one", id(event), "state", "PAID");
            return "{\"state\":\"" + calls.glance("one", id(event), "state").orElse("none") + "\"}";
        });
        queued("fails until it reads what it has written", Verdict.SAFE, ONE, (calls, event) -> {
            calls.put("one", "order-1", "state", "PAID");
            calls.glance("one", "order-1", "state").orElseThrow();
            calls.put("two", "order-1");
            return DONE;
        });
    }

    private static void numbered(TestingCalls calls, String id, String name, String number) {
        calls.call(
                DynamoDb.PUT_ITEM,
                PutItemInput.builder()
                        .tableName("one")
                        .item(java.util.Map.of("id", AttributeValue.ofS(id), name, AttributeValue.ofN(number)))
                        .build());
    }

    private static List<String> orders(Json.Structure event) {
        return records(
                event,
                record -> id((Json.Structure) Json.parse(text(record, "body")).orElseThrow()));
    }

    private static List<String> records(Json.Structure event, Function<Json.Structure, String> part) {
        return ((Json.Array) event.fields().get("Records"))
                .elements().stream()
                        .map(record -> part.apply((Json.Structure) record))
                        .toList();
    }

    private static String id(Json.Structure event) {
        return text(event, "id");
    }

    private static String text(Json.Structure event, String name) {
        return ((Json.Text) event.fields().get(name)).value();
    }
}
