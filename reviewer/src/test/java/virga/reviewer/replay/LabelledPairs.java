package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import virga.observe.json.Json;
import virga.reviewer.testing.TestingFunction;
import virga.reviewer.testing.TestingSystem;

/** Functions with a known fault, each beside its repaired version, and what the replay should say of them. */
final class LabelledPairs {
    /** The event that all of them are given. */
    static final String EVENT = "{\"id\":\"order-1\",\"at\":\"2026-01-01T10:00:00Z\",\"amount\":5}";

    private static final String DONE = "{\"done\":true}";

    private final List<Labelled> all = new ArrayList<>();

    /**
     * One function.
     *
     * @param worker the handler of a new worker
     * @param others makes what stands around it
     * @param messages that it takes from a queue, as one batch; empty where it is invoked with {@link #EVENT}
     */
    record Labelled(
            String name,
            Verdict verdict,
            Supplier<TestingFunction> worker,
            Consumer<TestingSystem> others,
            List<String> messages) {
        Labelled(String name, Verdict verdict, TestingFunction function, Consumer<TestingSystem> others) {
            this(name, verdict, () -> function, others, List.of());
        }

        /** The id of the recorded invocation. */
        String run(TestingSystem system) throws InterruptedException {
            others.accept(system);
            system.worker("function", worker);
            return messages.isEmpty() ? system.invoke("function", EVENT) : system.deliver("function", messages);
        }
    }

    static List<Labelled> all() {
        LabelledPairs pairs = new LabelledPairs();
        pairs.items();
        pairs.counters();
        pairs.messages();
        pairs.windows();
        pairs.laterStages();
        pairs.rest();
        pairs.all.addAll(Mutants.all());
        return pairs.all;
    }

    private void items() {
        add("a row under a generated id", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", calls.uuid(), "order", id(event));
            return DONE;
        });
        add("a row under the order's id", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event), "order", id(event));
            return DONE;
        });
        add("a row under a generated id with a generated field", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", calls.uuid(), "order", id(event), "label", calls.uuid());
            return DONE;
        });
        add("a conditional row with a generated field", Verdict.SAFE, (calls, event) -> {
            calls.putOnce("one", id(event), "label", calls.uuid());
            return DONE;
        });
        add("the time in the key", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", id(event) + "#" + calls.now());
            return DONE;
        });
        add("the event's time in the key", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event) + "#" + text(event, "at"), "seen", calls.now());
            return DONE;
        });
        add("a deletion", Verdict.SAFE, (calls, event) -> {
            calls.delete("one", id(event));
            return DONE;
        });
    }

    private void counters() {
        add("a counter that adds", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.update("one", "total", "ADD tally :n", "5");
            return DONE;
        });
        add("a counter that is set", Verdict.SAFE, (calls, event) -> {
            calls.update("one", "total", "SET tally = :n", "5");
            return DONE;
        });
        add("a counter that adds after a look", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            if (!calls.exists("two", id(event))) {
                calls.update("one", "total", "ADD tally :n", "5");
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("a counter that adds in one transaction with a marker", Verdict.SAFE, (calls, event) -> {
            calls.addOnce("two", id(event), "one", "total", "5");
            return DONE;
        });
        add("a list that grows", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.update("one", "log", "ADD growth :n", "1");
            return DONE;
        });
        add("a field for each entry", Verdict.SAFE, (calls, event) -> {
            calls.update("one", "log", "SET entry1 = :n", "1");
            return DONE;
        });
    }

    private void messages() {
        add("a message to a standard queue", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.send("out", "{\"order\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("an outbox row in place of the message", Verdict.SAFE, (calls, event) -> {
            calls.put("two", id(event), "body", "{\"order\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("an event on a bus", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.publish("Shipped", "{\"order\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("a message beside an outbox row", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("two", id(event), "body", "first");
            calls.send("out", "second");
            return DONE;
        });
        add("two outbox rows", Verdict.SAFE, (calls, event) -> {
            calls.put("two", id(event) + "1", "body", "first");
            calls.put("two", id(event) + "2", "body", "second");
            return DONE;
        });
    }

    /** Faults that only a crash, or two copies at once, can show. */
    private void windows() {
        add("published before the marker", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            if (!calls.exists("two", id(event))) {
                calls.publish("Shipped", "{\"order\":\"" + id(event) + "\"}");
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("marked before publishing", Verdict.LOST_EFFECT, (calls, event) -> {
            if (calls.putOnce("two", id(event))) {
                calls.publish("Shipped", "{\"order\":\"" + id(event) + "\"}");
            }
            return DONE;
        });
        add("written with its outbox row", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event));
            calls.put("two", id(event), "body", "{\"order\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("a lock that nobody breaks", Verdict.STUCK, (calls, event) -> {
            if (!calls.putOnce("three", "lock")) {
                throw new IllegalStateException("locked");
            }
            calls.put("one", id(event));
            calls.delete("three", "lock");
            return DONE;
        });
        add("a marker that makes the second delivery fail", Verdict.STUCK, (calls, event) -> {
            if (!calls.putOnce("three", id(event))) {
                throw new IllegalStateException("seen before");
            }
            return DONE;
        });
        add("a marker that makes the second delivery succeed", Verdict.SAFE, (calls, event) -> {
            calls.putOnce("three", id(event));
            return DONE;
        });
        add("a marker written before the counter", Verdict.LOST_EFFECT, (calls, event) -> {
            if (!calls.exists("two", id(event))) {
                calls.put("two", id(event), "number", calls.uuid());
                calls.update("one", "total", "ADD tally :n", "1");
            }
            return DONE;
        });
    }

    private void laterStages() {
        add(
                "a message to a consumer that adds",
                Verdict.LATER_STAGE,
                (calls, event) -> {
                    calls.send("out", "{\"order\":\"" + id(event) + "\"}");
                    return DONE;
                },
                system -> system.consumer("consumer", (calls, event) -> {
                    calls.update("one", "total", "ADD tally :n", "1");
                    return DONE;
                }));
        add(
                "a message to a consumer that recognises it",
                Verdict.SAFE_LATER,
                (calls, event) -> {
                    calls.send("out", "{\"order\":\"" + id(event) + "\"}");
                    return DONE;
                },
                system -> system.consumer("consumer", (calls, event) -> {
                    calls.putOnce("one", "order-1");
                    return DONE;
                }));
        add(
                "a call of a function that adds",
                Verdict.LATER_STAGE,
                (calls, event) -> {
                    calls.invoke("callee", "{\"order\":\"" + id(event) + "\"}");
                    return DONE;
                },
                system -> system.function("callee", (calls, event) -> {
                    calls.update("one", "total", "ADD tally :n", "1");
                    return DONE;
                }));
        add(
                "a call of a function that sets",
                Verdict.SAFE_LATER,
                (calls, event) -> {
                    calls.invoke("callee", "{\"order\":\"" + id(event) + "\"}");
                    return DONE;
                },
                system -> system.function("callee", (calls, event) -> {
                    calls.put("one", text(event, "order"));
                    return DONE;
                }));
    }

    private void rest() {
        add("a function that only reads", Verdict.READ_ONLY, (calls, event) -> {
            calls.exists("one", id(event));
            return DONE;
        });
        add(
                "a second answer unlike the first",
                Verdict.ANSWER_CHANGED,
                (calls, event) -> calls.putOnce("one", id(event)) ? "{\"created\":true}" : "{\"created\":false}");
        add("a random amount", Verdict.INCONCLUSIVE, (calls, event) -> {
            calls.update(
                    "one",
                    id(event),
                    "SET amount = :n",
                    Integer.toString(Math.abs(calls.uuid().hashCode() % 99991)));
            return DONE;
        });
    }

    private void add(String name, Verdict verdict, TestingFunction function) {
        add(name, verdict, function, system -> {});
    }

    private void add(String name, Verdict verdict, TestingFunction function, Consumer<TestingSystem> others) {
        all.add(new Labelled(name, verdict, function, others));
    }

    private static String id(Json.Structure event) {
        return text(event, "id");
    }

    private static String text(Json.Structure event, String name) {
        return ((Json.Text) event.fields().get(name)).value();
    }
}
