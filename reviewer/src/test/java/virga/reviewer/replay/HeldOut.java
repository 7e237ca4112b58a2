package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.List;
import virga.observe.json.Json;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingCalls;
import virga.reviewer.testing.TestingFunction;

/**
 * Behaviours of kinds of application that are often published, written down with their labels before the checker was run on them, and
 * not used to tune it. A label that the checker misses stays as it is, and is published as a miss.
 */
final class HeldOut {
    private static final String DONE = "{\"done\":true}";

    private final List<Labelled> all = new ArrayList<>();

    static List<Labelled> all() {
        HeldOut heldOut = new HeldOut();
        heldOut.idempotencyRecords();
        heldOut.sagas();
        heldOut.projections();
        heldOut.outboxes();
        return heldOut.all;
    }

    private void add(String name, Verdict verdict, TestingFunction function) {
        all.add(new Labelled(name, verdict, function, system -> {}));
    }

    /** As idempotency libraries work: a record in progress, the work, the record completed. */
    private void idempotencyRecords() {
        add("idempotency record, completed after the work, work adds", Verdict.STUCK, (calls, event) -> {
            if (!calls.putOnce("two", id(event), "state", "INPROGRESS")) {
                return inProgress(calls, event);
            }
            calls.update("one", "total", "ADD tally :n", "5");
            calls.put("three", id(event));
            return DONE;
        });
        add("idempotency record that a failed try takes over, work sets", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event), "paid", "yes");
            calls.put("three", id(event), "state", "COMPLETED");
            return DONE;
        });
        add("idempotency key of the whole event, with the time", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            if (calls.putOnce("two", id(event) + "#" + calls.now())) {
                calls.put("one", calls.uuid(), "payment", id(event));
            }
            return DONE;
        });
        add("idempotency key of the request's id", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            if (calls.putOnce("two", calls.uuid())) {
                calls.update("one", "total", "ADD tally :n", "5");
            }
            return DONE;
        });
    }

    private static String inProgress(TestingCalls calls, Json.Structure event) {
        if (!calls.exists("three", id(event))) {
            throw new IllegalStateException("another execution is in progress");
        }
        return DONE;
    }

    /** Reserve, pay, confirm. */
    private void sagas() {
        add("reservation that takes from stock", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.update("one", "stock", "ADD tally :n", "-1");
            calls.put("two", id(event), "reserved", "yes");
            return DONE;
        });
        add("reservation and stock in one transaction", Verdict.SAFE, (calls, event) -> {
            calls.addOnce("two", id(event), "one", "stock", "-1");
            return DONE;
        });
        add("compensation that removes the reservation", Verdict.SAFE, (calls, event) -> {
            calls.delete("two", id(event));
            calls.put("one", id(event), "state", "CANCELLED");
            return DONE;
        });
        add("compensation that gives back to stock", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.delete("two", id(event));
            calls.update("one", "stock", "ADD tally :n", "1");
            return DONE;
        });
        add("compensation only where reserved", Verdict.LOST_EFFECT, (calls, event) -> {
            if (calls.putOnce("two", id(event) + "/cancelled")) {
                calls.update("one", "stock", "ADD tally :n", "1");
            }
            return DONE;
        });
    }

    /** Views kept up from events. */
    private void projections() {
        add("view that counts events", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.update("one", "2026-01-01", "ADD tally :n", "1");
            return DONE;
        });
        add("view that keeps the last state", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event), "at", "2026-01-01T10:00:00Z");
            return DONE;
        });
        add("audit row with a number of its own", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("three", "audit-" + calls.uuid(), "order", id(event));
            return DONE;
        });
        add("audit row named by its event", Verdict.SAFE, (calls, event) -> {
            calls.put("three", "audit-" + id(event), "order", id(event), "seen", calls.now());
            return DONE;
        });
        add("view that adds where its event is new, in two calls", Verdict.LOST_EFFECT, (calls, event) -> {
            if (calls.putOnce("two", id(event))) {
                calls.update("one", "2026-01-01", "ADD tally :n", "1");
            }
            return DONE;
        });
    }

    /** Telling others. */
    private void outboxes() {
        add("notice to a queue after the row", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.put("one", id(event));
            calls.send("out", "{\"notice\":\"" + id(event) + "\"}");
            return DONE;
        });
        add("notice as a row that a stream sends", Verdict.SAFE, (calls, event) -> {
            calls.put("one", id(event));
            calls.put("two", "notice-" + id(event), "text", "shipped");
            return DONE;
        });
        add("receipt with a random number in its text", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            calls.send("out", "{\"receipt\":\"" + calls.uuid() + "\"}");
            return DONE;
        });
        add("a look before a row under a new id, alone", Verdict.DUPLICATE_EFFECT, (calls, event) -> {
            if (!calls.exists("two", id(event))) {
                calls.put("one", calls.uuid());
                calls.put("two", id(event));
            }
            return DONE;
        });
        add("a status that only goes forward", Verdict.SAFE, (calls, event) -> {
            calls.putOnce("one", id(event), "state", "SHIPPED");
            return DONE;
        });
    }

    private static String id(Json.Structure event) {
        return ((Json.Text) event.fields().get("id")).value();
    }
}
