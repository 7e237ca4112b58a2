package virga.simulator.function;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.kernel.Bytes;
import virga.kernel.Chance;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.events.PutRuleRequest;
import virga.model.events.PutTargetsRequest;
import virga.model.events.Target;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.OnFailure;
import virga.model.lambda.OnSuccess;
import virga.model.lambda.PutFunctionEventInvokeConfigRequest;
import virga.model.sqs.Message;
import virga.simulator.Patient;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/**
 * Clients invoke a function asynchronously and put events on a bus, which brings them to the function, to a queue, and to a queue that
 * is not there. Each accepted event must be handled or arrive where given-up events go.
 */
public final class EventWorkload implements Workload {
    private static final String SUCCESSES = "successes";
    private static final String FAILURES = "failures";
    private static final String DEAD = "dead";
    private static final String COPIES = "copies";
    private static final String UNDELIVERED = "undelivered";
    private static final Pattern TAG = Pattern.compile("\"tag\":\"([^\"]+)\"");
    private static final Pattern REQUEST = Pattern.compile("\"requestId\":\"([^\"]+)\"");
    private static final String POISON = "p";
    private static final int MOST_ROUNDS = 60;

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Setting setting;
    private final Patient patient;
    private final int clients;
    private final int actions;
    private final int retries;
    private final int ageSeconds;
    private final boolean deadLetters;
    private final OptionalInt reserved;
    private final EventLedger ledger;

    public EventWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("events");
        this.patient = new Patient(simulation, cloud);
        this.setting = new Setting(patient);
        this.clients = 1 + chance.nextInt(3);
        this.actions = 3 + chance.nextInt(8);
        this.retries = chance.nextInt(3);
        this.ageSeconds = chance.nextInt(4) == 0 ? 60 + chance.nextInt(120) : 21_600;
        this.deadLetters = chance.nextInt(2) == 0;
        this.reserved = chance.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(1 + chance.nextInt(3));
        this.ledger = new EventLedger(simulation, cloud, reserved, retries);
    }

    @Override
    public String toString() {
        return clients + " clients of " + actions + " events, " + retries + " retries within " + ageSeconds
                + " s, reserved " + reserved;
    }

    @Override
    public void run() {
        setUp();
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            int number = i;
            simulation.outside().start("events-client-" + i, () -> {
                work(number);
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
        await();
        ledger.checkOnce();
    }

    private void setUp() {
        List.of(SUCCESSES, FAILURES, DEAD, COPIES, UNDELIVERED).forEach(queue -> setting.queue(queue, Map.of()));
        setting.function(reserved, deadLetters ? Optional.of(DEAD) : Optional.empty());
        patient.call(
                Lambda.PUT_FUNCTION_EVENT_INVOKE_CONFIG,
                PutFunctionEventInvokeConfigRequest.builder()
                        .functionName(Setting.FUNCTION)
                        .maximumRetryAttempts(retries)
                        .maximumEventAgeInSeconds(ageSeconds)
                        .destinationConfig(DestinationConfig.builder()
                                .onSuccess(OnSuccess.builder()
                                        .destination(Setting.queueArn(SUCCESSES))
                                        .build())
                                .onFailure(OnFailure.builder()
                                        .destination(Setting.queueArn(FAILURES))
                                        .build())
                                .build())
                        .build());
        patient.call(
                Events.PUT_RULE,
                PutRuleRequest.builder()
                        .name("all")
                        .eventPattern("{\"source\":[\"simulator\"]}")
                        .build());
        patient.call(
                Events.PUT_TARGETS,
                PutTargetsRequest.builder()
                        .rule("all")
                        .targets(List.of(
                                target("function", Setting.FUNCTION_ARN),
                                target("copy", Setting.queueArn(COPIES)),
                                target("nowhere", Setting.queueArn("nowhere"))))
                        .build());
    }

    private static Target target(String id, String arn) {
        return Target.builder()
                .id(id)
                .arn(arn)
                .deadLetterConfig(virga.model.events.DeadLetterConfig.builder()
                        .arn(Setting.queueArn(UNDELIVERED))
                        .build())
                .build();
    }

    private void work(int client) {
        for (int i = 0; i < actions; i++) {
            // A tag tells what its event is: how it is sent, and whether it can succeed at all.
            boolean bus = chance.nextInt(2) == 0;
            String tag = (bus ? "bus-" : "direct-") + client + "-" + i + (chance.nextInt(4) == 0 ? POISON : "");
            String content = "{\"tag\":\"" + tag + "\"}";
            ledger.sending(tag);
            Reply<?> reply = bus ? put(content) : invoke(content);
            simulation.note(tag + ": " + reply.getClass().getSimpleName());
            switch (reply) {
                case Reply.Answered<?> answered -> ledger.accepted(tag);
                case Reply.Refused<?> refused ->
                    simulation.fail("an event is taken", refused.fault().toString());
                case Reply.Lost<?> lost -> simulation.note(tag + " may be lost");
            }
            if (chance.nextInt(2) == 0) {
                cloud.sleep(Duration.ofMillis(chance.nextInt(20_000)));
            }
        }
    }

    private Reply<?> invoke(String content) {
        return cloud.call(
                Lambda.INVOKE,
                InvocationRequest.builder()
                        .functionName(Setting.FUNCTION)
                        .invocationType("Event")
                        .payload(Bytes.ofUtf8(content))
                        .build());
    }

    private Reply<?> put(String content) {
        return cloud.call(
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .source("simulator")
                                .detailType("tagged")
                                .detail(content)
                                .build()))
                        .build());
    }

    /** The function: some events fail always, others at times. */
    @Override
    public String handle(FunctionVersion function, Invocation invocation) throws InterruptedException {
        String tag = found(TAG, invocation.payload().utf8());
        int life = ledger.begins(tag, invocation.requestId());
        cloud.pause(Duration.ofMillis(chance.nextInt(4_000)));
        if (tag.endsWith(POISON) || chance.nextInt(5) == 0) {
            simulation.note(tag + " fails");
            ledger.failed(tag, invocation.requestId(), life);
            throw new SimulatedFunctions.HandlerError("planned");
        }
        simulation.note(tag + " is done");
        ledger.succeeded(tag, invocation.requestId(), life);
        return "{}";
    }

    private String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            simulation.fail("an event arrives whole", text);
            return "";
        }
        return matcher.group(1);
    }

    /** Waits until every accepted event has come to its end. */
    private void await() {
        List<String> open = open();
        for (int round = 0; !open.isEmpty() && round < MOST_ROUNDS; round++) {
            cloud.sleep(Duration.ofMinutes(10));
            for (String queue : List.of(SUCCESSES, FAILURES, DEAD, COPIES, UNDELIVERED)) {
                setting.take(queue).forEach(message -> arrived(queue, message));
            }
            open = open();
        }
        if (!open.isEmpty()) {
            simulation.fail("an accepted event is handled or given up, never lost", open.toString());
        }
    }

    private void arrived(String queue, Message message) {
        String body = message.body().orElseThrow();
        String tag = found(TAG, body);
        ledger.arrived(tag, queue);
        if (body.contains("\"condition\":\"RetriesExhausted\"")) {
            ledger.exhausted(tag, found(REQUEST, body));
        }
    }

    private List<String> open() {
        return ledger.accepted().stream().filter(tag -> !ended(tag)).toList();
    }

    private boolean ended(String tag) {
        boolean givenUp = ledger.hasArrived(tag, FAILURES) && (!deadLetters || ledger.hasArrived(tag, DEAD));
        boolean handled = ledger.hasSucceeded(tag) && ledger.hasArrived(tag, SUCCESSES);
        boolean everywhere =
                tag.startsWith("direct-") || ledger.hasArrived(tag, COPIES) && ledger.hasArrived(tag, UNDELIVERED);
        return (handled || givenUp) && everywhere;
    }
}
