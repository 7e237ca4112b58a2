package virga.services.lambda.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import virga.cloud.Environment;
import virga.cloud.Hold;
import virga.cloud.Poller.Stop;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.function.Outcome;
import virga.model.lambda.ResourceNotFoundException;
import virga.services.lambda.Destinations;
import virga.services.lambda.Invoker;
import virga.services.lambda.mapping.StreamPoller.Taken;

/**
 * One batch of stream records on its way to the function: it is tried until it succeeds, is too old or has been tried too often; nothing
 * behind it in its shard moves meanwhile. Source: "Retaining discarded batches for a DynamoDB event source", Developer Guide.
 */
final class StreamBatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Invoker invoker;

    StreamBatch(Invoker invoker) {
        this.invoker = invoker;
    }

    /** Where a batch comes from. @param hold of the batch */
    record Place(Environment environment, Mapping mapping, Principal principal, String shard, Hold hold) {
        Instant now() {
            return environment.ports().clock().now();
        }

        /** Waits before {@code records} are tried again. */
        void pause(List<Taken> records, Duration pause) throws InterruptedException {
            Instant due = now().plus(pause);
            hold.waitsUntil(due, records.stream().map(Taken::cause).toList());
            environment.ports().clock().sleepUntil(due);
            hold.goesOn();
        }
    }

    void deliver(Place place, List<Taken> batch, Stop stop) throws InterruptedException {
        Filters filters = new Filters(place.mapping().filters());
        List<Taken> passed = batch.stream()
                .filter(taken -> filters.passes(StreamRecords.json(place.mapping(), taken.record()), ""))
                .toList();
        if (!passed.isEmpty()) {
            attempt(place, passed, 0, stop);
        }
    }

    private void attempt(Place place, List<Taken> records, int before, Stop stop) throws InterruptedException {
        List<Taken> left = records;
        int retries = before;
        while (!left.isEmpty() && !stop.requested()) {
            Outcome outcome;
            String requestId = place.environment().ports().ids().uuid();
            try {
                outcome = invoke(place, left, requestId);
            } catch (ResourceNotFoundException functionGone) {
                place.pause(left, LONGEST_PAUSE);
                continue;
            }
            List<Taken> remaining = remaining(place.mapping(), left, outcome);
            if (remaining.isEmpty()) {
                return;
            }
            retries = remaining.size() < left.size() ? 0 : retries;
            left = remaining;
            if (outcome instanceof Outcome.Throttled) {
                place.pause(left, pause(retries));
                continue;
            }
            Mapping.Retrying rules = place.mapping().retrying();
            if (tooOld(place, left) || rules.attempts() >= 0 && retries >= rules.attempts()) {
                discard(
                        place,
                        left,
                        new End(
                                requestId,
                                tooOld(place, left) ? "RecordAgeExceeded" : "RetryAttemptsExhausted",
                                retries + 1));
                return;
            }
            if (rules.bisect() && left.size() > 1) {
                int middle = left.size() / 2;
                attempt(place, left.subList(0, middle), retries, stop);
                attempt(place, left.subList(middle, left.size()), retries, stop);
                return;
            }
            place.pause(left, pause(retries));
            retries++;
        }
    }

    private static Duration pause(int retries) {
        Duration pause = Duration.ofMillis(500L << Math.min(retries, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static boolean tooOld(Place place, List<Taken> left) {
        int age = place.mapping().retrying().ageSeconds();
        return age >= 0
                && left.getFirst()
                        .record()
                        .dynamodb()
                        .flatMap(change -> change.approximateCreationDateTime())
                        .map(created -> created.plusSeconds(age).isBefore(place.now()))
                        .orElse(false);
    }

    private Outcome invoke(Place place, List<Taken> records, String requestId) throws InterruptedException {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode list = event.putArray("Records");
        records.forEach(taken -> list.add(StreamRecords.json(place.mapping(), taken.record())));
        Call call = place.environment()
                .newCall(
                        place.mapping().scope(),
                        place.principal(),
                        records.getFirst().cause());
        return invoker.invoke(
                place.environment(),
                call,
                place.mapping().functionArn(),
                new Invoker.Event(
                        requestId,
                        Bytes.ofUtf8(event.toString()),
                        records.stream().map(Taken::cause).toList(),
                        "",
                        place.mapping().source().arn(),
                        place.now()));
    }

    /** What must be tried again: all after an error; from the first reported failure on where the function reports them. */
    private static List<Taken> remaining(Mapping mapping, List<Taken> records, Outcome outcome) {
        if (!(outcome instanceof Outcome.Returned returned)) {
            return records;
        }
        if (!mapping.batching().partialFailures()) {
            return List.of();
        }
        Set<String> failed = PartialFailures.parse(
                        returned.payload(),
                        records.stream().map(Taken::sequenceNumber).toList())
                .identifiers();
        for (int i = 0; i < records.size(); i++) {
            if (failed.contains(records.get(i).sequenceNumber())) {
                return records.subList(i, records.size());
            }
        }
        return List.of();
    }

    private record End(String requestId, String condition, int attempts) {}

    private static void discard(Place place, List<Taken> records, End end) {
        String destination = place.mapping().retrying().onFailure();
        if (destination.isEmpty()) {
            return;
        }
        Cause cause = records.getFirst().cause();
        Call call = place.environment().newCall(place.mapping().scope(), place.principal(), cause);
        String story = story(place, records, end).toString();
        place.environment().transact(call, work -> {
            Destinations.send(work, cause, place.mapping().functionArn(), destination, false, story);
            return null;
        });
    }

    private static ObjectNode story(Place place, List<Taken> records, End end) {
        ObjectNode story = JSON.createObjectNode();
        ObjectNode request = story.putObject("requestContext");
        request.put("requestId", end.requestId());
        request.put("functionArn", place.mapping().functionArn());
        request.put("condition", end.condition());
        request.put("approximateInvokeCount", end.attempts());
        ObjectNode response = story.putObject("responseContext");
        response.put("statusCode", 200);
        response.put("executedVersion", "$LATEST");
        response.put("functionError", "Unhandled");
        story.put("version", "1.0");
        story.put("timestamp", place.now().toString());
        ObjectNode batch = story.putObject("DDBStreamBatchInfo");
        batch.put("shardId", place.shard());
        batch.put("startSequenceNumber", records.getFirst().sequenceNumber());
        batch.put("endSequenceNumber", records.getLast().sequenceNumber());
        batch.put("approximateArrivalOfFirstRecord", arrival(records.getFirst()));
        batch.put("approximateArrivalOfLastRecord", arrival(records.getLast()));
        batch.put("batchSize", records.size());
        batch.put("streamArn", place.mapping().source().arn());
        return story;
    }

    private static String arrival(Taken taken) {
        return taken.record()
                .dynamodb()
                .flatMap(change -> change.approximateCreationDateTime())
                .map(Instant::toString)
                .orElse("");
    }
}
