package virga.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole program, killed with {@code kill -9} under load again and again. What was acknowledged is there in the next life: messages,
 * items, objects; events that functions were still to handle, stacks that were being made and timers go on.
 */
@EnabledOnOs(OS.LINUX)
final class KilledVirgaTest {
    /** Once each time the tests run; again and again in CI. */
    private static final int KILLS = Integer.getInteger("virga.conformance.kills", 1);

    private static final int MOST_EMPTY = 10;
    private static final Pattern EVENT = Pattern.compile("\"requestPayload\":\\s*\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(7);
    private List<ProcessHandle> orphans = List.of();

    @Test
    void whatWasAcknowledgedIsThereAfterEachKill() throws Exception {
        for (int life = 0; life < KILLS; life++) {
            try (VirgaProcess virga = VirgaProcess.start(folder);
                    Clients clients = Clients.of(virga)) {
                if (life == 0) {
                    Place.prepare(clients);
                } else {
                    checkAtOnce(clients);
                }
                work(virga, clients, life);
            }
        }
        try (VirgaProcess virga = VirgaProcess.start(folder);
                Clients clients = Clients.of(virga)) {
            checkAtOnce(clients);
            checkObjects(clients);
            checkStacks(clients);
            checkEvents(virga, clients);
            checkMessages(virga, clients);
            checkFiles();
        }
    }

    private void work(VirgaProcess virga, Clients clients, int life) throws InterruptedException {
        Load load = new Load(clients, ledger, Integer.toString(life), 30 + random.nextInt(100));
        load.start();
        load.awaitEnough();
        String stack = "stack" + life;
        clients.cloudformation().createStack(request -> request.stackName(stack).templateBody(Place.stack(stack)));
        ledger.stacks.add(stack);
        orphans = virga.kill();
        load.awaitEnd();
    }

    private void checkAtOnce(Clients clients) {
        orphans.forEach(VirgaProcess::awaitEnd);
        Map<String, String> found = new HashMap<>();
        int hits = 0;
        for (Map<String, AttributeValue> item : clients.dynamodb()
                .scan(request -> request.tableName("items").consistentRead(true))
                .items()) {
            if (item.get("pk").s().equals("counter")) {
                hits = Integer.parseInt(item.get("hits").n());
            } else {
                found.put(item.get("pk").s(), item.get("version").s());
            }
        }
        assertThat(hits).as("additions").isBetween(ledger.additions.get(), ledger.additionsTried.get());
        Map<String, String> lost = new HashMap<>(ledger.items);
        // One write of the last life may have happened without its answer.
        lost.entrySet().removeIf(item -> isAtLeast(found.getOrDefault(item.getKey(), ""), item.getValue()));
        assertThat(lost).as("items that are lost, of " + found).isEmpty();
        ledger.additions.set(hits);
        ledger.additionsTried.set(hits);
        found.forEach(ledger.items::put);
    }

    /** Versions are a letter, the life, and a number that grows within it. */
    private static boolean isAtLeast(String found, String wanted) {
        return !found.isEmpty() && order(found) >= order(wanted);
    }

    private static long order(String version) {
        String[] words = version.substring(1).split("-");
        return Long.parseLong(words[0]) * 1_000_000 + Long.parseLong(words[1]);
    }

    private void checkObjects(Clients clients) {
        ledger.objects.forEach((key, digest) -> {
            byte[] content = clients.s3()
                    .getObjectAsBytes(request -> request.bucket("objects").key(key))
                    .asByteArray();
            assertThat(Load.digest(content)).as("object " + key).isEqualTo(digest);
        });
    }

    private void checkStacks(Clients clients) {
        for (String stack : new TreeSet<>(ledger.stacks)) {
            clients.cloudformation()
                    .waiter()
                    .waitUntilStackCreateComplete(
                            request -> request.stackName(stack),
                            waiting -> waiting.maxAttempts(100)
                                    .backoffStrategyV2(
                                            BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(200))));
            assertThat(clients.cloudformation()
                            .describeStackResources(request -> request.stackName(stack))
                            .stackResources())
                    .as("resources of " + stack)
                    .hasSize(10);
            assertThat(clients.cloudformation()
                            .describeStacks(request -> request.stackName(stack))
                            .stacks()
                            .getFirst()
                            .stackStatus())
                    .isEqualTo(StackStatus.CREATE_COMPLETE);
        }
    }

    /** Each accepted event is handled, or given up after its retry, which time must bring. */
    private void checkEvents(VirgaProcess virga, Clients clients) {
        Set<String> missing = new TreeSet<>(ledger.events);
        for (int round = 0; round < 3 && !missing.isEmpty(); round++) {
            Place.advance(virga, Duration.ofMinutes(6));
            receive(clients, "done", 5, message -> missing.remove(event(message)));
            receive(clients, "failed", 5, message -> missing.remove(event(message)));
        }
        assertThat(missing)
                .as("events that never came to their end, of " + ledger.events.size())
                .isEmpty();
    }

    private static String event(Message message) {
        Matcher event = EVENT.matcher(message.body());
        assertThat(event.find()).as(message.body()).isTrue();
        return event.group(1);
    }

    /** Some were to be seen only later: their time comes too. */
    private void checkMessages(VirgaProcess virga, Clients clients) {
        Place.advance(virga, Load.LONGEST_DELAY);
        Set<String> missing = new HashSet<>(ledger.messages);
        receive(clients, "kept", 0, message -> missing.remove(message.body()));
        assertThat(missing)
                .as("messages that are lost, of " + ledger.messages.size())
                .isEmpty();
    }

    private interface Receiver {
        void take(Message message);
    }

    /** Takes what is there until nothing comes any more. */
    private static void receive(Clients clients, String queue, int waitSeconds, Receiver receiver) {
        for (int empty = 0; empty < (waitSeconds == 0 ? MOST_EMPTY : 2); ) {
            List<Message> some = clients.sqs()
                    .receiveMessage(request -> request.queueUrl(Place.queue(queue))
                            .maxNumberOfMessages(10)
                            .visibilityTimeout(43_200)
                            .waitTimeSeconds(waitSeconds))
                    .messages();
            some.forEach(receiver::take);
            empty = some.isEmpty() ? empty + 1 : 0;
        }
    }

    /** What a life leaves half done on disk is swept away by the next. */
    private void checkFiles() throws java.io.IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("incomplete-") || name.startsWith(".copy")))
                    .isEmpty();
        }
    }
}
