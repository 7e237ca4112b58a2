package virga.reviewer.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.observe.json.Json;

/**
 * An event as it was recorded, and the state it met.
 *
 * @param origin the ARN of what delivered it, or empty
 * @param sequence the commit just before
 * @param timeout of the function
 * @param isAwaited whether someone waits for the answer
 */
record Delivery(
        Scope scope,
        String functionArn,
        Bytes payload,
        String origin,
        long sequence,
        Duration timeout,
        boolean isAwaited) {
    private static final String RECORDS = "Records";
    private static final String DEFAULT_TIMEOUT_MILLIS = "3000";

    static Delivery of(CallRecord invocation) {
        return new Delivery(
                invocation.scope(),
                invocation.resources().getFirst(),
                invocation.input(),
                invocation.details().getOrDefault("origin", ""),
                invocation.sequence(),
                Duration.ofMillis(
                        Long.parseLong(invocation.details().getOrDefault("timeoutMillis", DEFAULT_TIMEOUT_MILLIS))),
                isAwaited(invocation));
    }

    /** The name, without alias or version. */
    String functionName() {
        return Arn.parse(functionArn).resource().split(":")[1];
    }

    /** Queues, streams and asynchronous events hand the answer to nobody. */
    static boolean isAwaited(CallRecord invocation) {
        return invocation.details().getOrDefault("origin", "").isEmpty()
                && !invocation.cause().via().equals("lambda/event");
    }

    /** How many records of a queue or stream it holds; none where it is no batch. */
    int records() {
        return batch().size();
    }

    /**
     * The event with some of its records only.
     *
     * @param positions from 1, in order; empty for all
     * @throws Fault {@code InvalidRequest} where there is no such record
     */
    Delivery only(List<Integer> positions) {
        if (positions.isEmpty()) {
            return this;
        }
        List<Json> batch = batch();
        List<Json> some = new ArrayList<>();
        for (int position : positions) {
            if (position < 1 || position > batch.size()) {
                throw new Fault(
                        "InvalidRequest", 400, "The event has no record " + position + "; it has " + batch.size());
            }
            some.add(batch.get(position - 1));
        }
        Map<String, Json> fields =
                new LinkedHashMap<>(((Json.Structure) Json.parse(payload.utf8()).orElseThrow()).fields());
        fields.put(RECORDS, new Json.Array(some));
        Bytes part = Bytes.ofUtf8(StructureJson.object(fields).text());
        return new Delivery(scope, functionArn, part, origin, sequence, timeout, isAwaited);
    }

    /**
     * The event as AWS delivers it for the {@code time}th time: a message of a queue has a new receipt handle then, and its receive
     * count. What takes the whole record for its key does not recognise it. Source: "Message" and "ReceiveMessage", Amazon SQS API
     * Reference.
     */
    Bytes at(int time) {
        if (time == 1 || !origin.startsWith("arn:aws:sqs:")) {
            return payload;
        }
        Map<String, Json> event =
                new LinkedHashMap<>(((Json.Structure) Json.parse(payload.utf8()).orElseThrow()).fields());
        event.put(
                RECORDS,
                new Json.Array(
                        batch().stream().map(record -> received(record, time)).toList()));
        return Bytes.ofUtf8(StructureJson.object(event).text());
    }

    private static Json received(Json record, int time) {
        if (!(record instanceof Json.Structure message)
                || !(message.fields().get("attributes") instanceof Json.Structure attributes)
                || !(message.fields().get("receiptHandle") instanceof Json.Text handle)) {
            return record;
        }
        Map<String, Json> counted = new LinkedHashMap<>(attributes.fields());
        counted.put("ApproximateReceiveCount", new Json.Text(Integer.toString(time)));
        Map<String, Json> again = new LinkedHashMap<>(message.fields());
        again.put("receiptHandle", new Json.Text(handle.value() + "-" + time));
        again.put("attributes", StructureJson.object(counted));
        return StructureJson.object(again);
    }

    private List<Json> batch() {
        return Json.parse(payload.utf8())
                .filter(Json.Structure.class::isInstance)
                .map(event -> ((Json.Structure) event).fields().get(RECORDS))
                .filter(Json.Array.class::isInstance)
                .map(records -> ((Json.Array) records).elements())
                .orElse(List.of());
    }
}
