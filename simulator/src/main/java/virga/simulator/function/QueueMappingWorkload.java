package virga.simulator.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import virga.kernel.Bug;
import virga.kernel.Chance;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.simulator.Patient;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/**
 * Producers fill a queue that is mapped to a function. The function fails some messages, the whole batch or as it reports; meanwhile the
 * mapping is changed, disabled, deleted and made again, and the function throttled.
 */
public final class QueueMappingWorkload implements Workload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "work";
    private static final String DEAD = "dead";
    private static final String POISON = "p";
    private static final int MOST_ROUNDS = 60;
    private static final List<String> COUNTS = List.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed");

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Patient patient;
    private final Setting setting;
    private final int producers;
    private final int messages;
    private final int changes;
    private final OptionalInt reserved;
    private final QueueMappingLedger.Rules rules;
    private final QueueMapping mapping;
    private final QueueMappingLedger ledger;

    public QueueMappingWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("mapping");
        this.patient = new Patient(simulation, cloud);
        this.setting = new Setting(patient);
        this.producers = 1 + chance.nextInt(3);
        this.messages = 6 + chance.nextInt(14);
        this.changes = chance.nextInt(4);
        this.reserved = chance.nextInt(3) == 0 ? OptionalInt.of(1 + chance.nextInt(3)) : OptionalInt.empty();
        boolean windowed = chance.nextInt(2) == 0;
        this.rules = new QueueMappingLedger.Rules(
                1 + chance.nextInt(windowed ? 15 : 10),
                chance.nextInt(2) == 0 ? 2 + chance.nextInt(2) : 0,
                1 + chance.nextInt(5),
                Duration.ofSeconds(30 + chance.nextInt(30)));
        this.mapping = new QueueMapping(
                patient,
                Setting.queueArn(QUEUE),
                rules.batchSize(),
                windowed ? 1 + chance.nextInt(3) : 0,
                rules.maximumConcurrency(),
                chance.nextInt(2) == 0);
        this.ledger = new QueueMappingLedger(simulation, cloud, rules);
    }

    @Override
    public String toString() {
        return producers + " producers of " + messages + " messages, " + mapping + ", " + rules.maxReceiveCount()
                + " receives, visibility " + rules.visibility() + ", " + changes + " changes, reserved " + reserved;
    }

    @Override
    public void run() {
        setting.queue(DEAD, Map.of());
        setting.queue(
                QUEUE,
                Map.of(
                        "VisibilityTimeout",
                        Long.toString(rules.visibility().toSeconds()),
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"" + Setting.queueArn(DEAD) + "\",\"maxReceiveCount\":"
                                + rules.maxReceiveCount() + "}"));
        setting.function(reserved, Optional.empty());
        mapping.create();
        CountDownLatch done = new CountDownLatch(producers);
        for (int i = 0; i < producers; i++) {
            int number = i;
            simulation.outside().start("producer-" + i, () -> {
                produce(number);
                done.countDown();
            });
        }
        for (int i = 0; i < changes; i++) {
            cloud.sleep(Duration.ofMillis(chance.nextInt(8_000)));
            change();
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
        await();
        checkEmpty();
    }

    private void produce(int producer) {
        for (int i = 0; i < messages; i++) {
            String tag = "m" + producer + "-" + i + (chance.nextInt(6) == 0 ? POISON : "");
            ledger.sending(tag);
            Reply<?> reply = cloud.call(
                    Sqs.SEND_MESSAGE,
                    SendMessageRequest.builder()
                            .queueUrl(Setting.queueUrl(QUEUE))
                            .messageBody(tag)
                            .delaySeconds(chance.nextInt(4) == 0 ? chance.nextInt(5) : 0)
                            .build());
            simulation.note(tag + ": " + reply.getClass().getSimpleName());
            switch (reply) {
                case Reply.Answered<?> answered -> ledger.sent(tag);
                case Reply.Refused<?> refused ->
                    simulation.fail("a message is taken", refused.fault().toString());
                case Reply.Lost<?> lost -> simulation.note(tag + " may be lost");
            }
            cloud.sleep(Duration.ofMillis(chance.nextInt(5_000)));
        }
    }

    /** One change of the mapping, or of what the function may do at once; whatever it is, the mapping is at work afterwards. */
    private void change() {
        ledger.changed();
        int which = chance.nextInt(4);
        Duration pause = Duration.ofMillis(chance.nextInt(60_000));
        simulation.note("change " + which + " of the mapping for " + pause);
        switch (which) {
            case 0 -> mapping.changeSize(1 + chance.nextInt(rules.batchSize()));
            case 1 -> {
                mapping.enable(false);
                ledger.atRest();
                cloud.sleep(pause);
                ledger.changed();
                mapping.enable(true);
            }
            case 2 -> {
                mapping.delete();
                ledger.deleted();
                cloud.sleep(pause);
                ledger.changed();
                mapping.create();
            }
            default -> {
                setting.reserve(OptionalInt.of(0));
                cloud.sleep(pause);
                setting.reserve(reserved);
            }
        }
        ledger.changed();
        simulation.note("the mapping is at work");
    }

    /** The function: some messages fail always, others at times. */
    @Override
    public String handle(FunctionVersion function, Invocation invocation) throws InterruptedException {
        List<QueueMappingLedger.Delivery> batch = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (JsonNode record : json(invocation.payload().utf8()).path("Records")) {
            ids.add(record.path("messageId").asText());
            batch.add(new QueueMappingLedger.Delivery(
                    record.path("body").asText(),
                    record.path("attributes").path("ApproximateReceiveCount").asInt()));
        }
        simulation.note("batch " + batch);
        QueueMappingLedger.Beginning began = ledger.begins(batch);
        try {
            cloud.pause(Duration.ofMillis(chance.nextInt(5_000)));
        } catch (InterruptedException e) {
            ledger.interrupted(began);
            throw e;
        }
        Set<String> failing = new HashSet<>();
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            String tag = batch.get(i).tag();
            if (tag.endsWith(POISON) || chance.nextInt(10) == 0) {
                failing.add(tag);
                failed.add(ids.get(i));
            }
        }
        return answer(batch, failing, failed, began);
    }

    private String answer(
            List<QueueMappingLedger.Delivery> batch,
            Set<String> failing,
            List<String> failed,
            QueueMappingLedger.Beginning began) {
        Set<String> all = new HashSet<>();
        batch.forEach(delivery -> all.add(delivery.tag()));
        if (failing.isEmpty()) {
            // What nobody asked for is not read; what names no message of the batch means that all of it failed.
            boolean unclear = chance.nextInt(8) == 0;
            ledger.ended(batch, unclear && mapping.partial() ? all : Set.of(), began);
            return unclear ? "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}" : "{}";
        }
        if (!mapping.partial() || chance.nextInt(4) == 0) {
            ledger.ended(batch, all, began);
            throw new SimulatedFunctions.HandlerError("planned");
        }
        ledger.ended(batch, failing, began);
        StringBuilder answer = new StringBuilder();
        for (String id : failed) {
            answer.append(answer.isEmpty() ? "" : ",")
                    .append("{\"itemIdentifier\":\"")
                    .append(id)
                    .append("\"}");
        }
        return "{\"batchItemFailures\":[" + answer + "]}";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Bug("an event that is no JSON: " + text, e);
        }
    }

    private void takeDeadLetters() {
        boolean undisturbed = ledger.isUndisturbed() && reserved.isEmpty();
        setting.take(DEAD).forEach(message -> ledger.becameDead(message.body().orElseThrow(), undisturbed));
    }

    private void await() {
        for (int round = 0; !ledger.open().isEmpty() && round < MOST_ROUNDS; round++) {
            cloud.sleep(Duration.ofSeconds(20));
            takeDeadLetters();
        }
        if (!ledger.open().isEmpty()) {
            simulation.fail(
                    "a message is done or becomes a dead letter, never lost",
                    ledger.open().toString());
        }
    }

    /** What may still come again does so no more often than it may; then the queue is empty. */
    private void checkEmpty() {
        cloud.sleep(rules.visibility().plusSeconds(30).multipliedBy(rules.maxReceiveCount() + 1L));
        takeDeadLetters();
        long left = patient
                .call(
                        Sqs.GET_QUEUE_ATTRIBUTES,
                        GetQueueAttributesRequest.builder()
                                .queueUrl(Setting.queueUrl(QUEUE))
                                .attributeNames(COUNTS)
                                .build())
                .attributes()
                .values()
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
        if (left != 0) {
            simulation.fail("what is done is deleted", left + " messages are left in the queue");
        }
    }
}
