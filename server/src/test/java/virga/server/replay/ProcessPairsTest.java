package virga.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.S3;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.Sqs;
import virga.observe.RecordFilter;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Settling;
import virga.reviewer.replay.Verdict;
import virga.server.cli.Ended;
import virga.server.testing.TestingVirga;
import virga.store.Reading.Direction;

/**
 * Functions in Node.js and Python that run as processes, with their labels, and how the replay judges them. {@code ./dev accuracy} writes
 * what is measured to {@code docs/review-accuracy-processes.md}; without it, each label must hold.
 */
class ProcessPairsTest {
    private static final String EVENT = "{\"id\":\"order-1\",\"at\":\"2026-01-01T10:00:00Z\",\"amount\":5}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path DOCUMENT = Path.of("../docs/review-accuracy-processes.md");
    private static final boolean ALL = Boolean.getBoolean("virga.accept");
    /** Of each language, where not all are asked for: each starts some ten processes, one after another. */
    private static final int MOST = 2;

    private static TestingVirga virga;

    /** @param handler in {@code pairs.py} or {@code pairs.cjs} */
    private record Labelled(String handler, Verdict verdict) {
        String name() {
            return handler.replace('_', '-');
        }
    }

    private static final List<Labelled> PYTHON = List.of(
            new Labelled("row_under_a_new_id", Verdict.DUPLICATE_EFFECT),
            new Labelled("row_on_condition", Verdict.SAFE),
            new Labelled("now_in_the_key", Verdict.DUPLICATE_EFFECT),
            new Labelled("time_of_the_event_in_the_key", Verdict.SAFE),
            new Labelled("marker_before_the_work", Verdict.LOST_EFFECT),
            new Labelled("marker_and_work_in_one_transaction", Verdict.SAFE),
            new Labelled("counter_in_an_object", Verdict.DUPLICATE_EFFECT),
            new Labelled("object_named_by_the_event", Verdict.SAFE),
            new Labelled("event_on_the_bus_each_time", Verdict.DUPLICATE_EFFECT),
            new Labelled("event_as_a_row_for_a_stream", Verdict.SAFE),
            new Labelled("reads_its_own_write", Verdict.LOST_EFFECT),
            new Labelled("reads_its_own_write_consistently", Verdict.SAFE));

    private static final List<Labelled> NODE = List.of(
            new Labelled("rowUnderANewId", Verdict.DUPLICATE_EFFECT),
            new Labelled("rowOnCondition", Verdict.SAFE),
            new Labelled("idempotencyTableAndACounter", Verdict.DUPLICATE_EFFECT),
            new Labelled("idempotencyTableAndARow", Verdict.SAFE),
            new Labelled("keyIsNull", Verdict.DUPLICATE_EFFECT),
            new Labelled("keyIsThere", Verdict.SAFE),
            new Labelled("publishesBeforeItWrites", Verdict.DUPLICATE_EFFECT),
            new Labelled("writesWhatAStreamPublishes", Verdict.SAFE),
            new Labelled("remembersInMemory", Verdict.DUPLICATE_EFFECT),
            new Labelled("growsInMemory", Verdict.DUPLICATE_EFFECT),
            new Labelled("forgetsBetweenEvents", Verdict.SAFE));

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    @Test
    void whatIsPublishedHasItsLabel() throws IOException {
        Map<String, Verdict> all = all();
        Assumptions.assumeTrue(Files.exists(DOCUMENT), "nothing is measured yet: ./dev accuracy");
        published().keySet().forEach(name -> assertThat(all).containsKey(name));
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document(published()));
    }

    /** What was measured last, by language and name. */
    private static Map<String, Verdict> published() throws IOException {
        Map<String, Verdict> published = new TreeMap<>();
        if (Files.exists(DOCUMENT)) {
            for (String line : Files.readAllLines(DOCUMENT)) {
                String[] cells = line.split(" ?\\| ?");
                if (cells.length == 5 && all().containsKey(cells[1] + " | " + cells[2])) {
                    published.put(cells[1] + " | " + cells[2], verdict(cells[4]));
                }
            }
        }
        return published;
    }

    private static Verdict verdict(String words) {
        return Stream.of(Verdict.values())
                .filter(verdict -> verdict.words().equals(words))
                .findFirst()
                .orElseThrow();
    }

    /** After each: a run that is ended leaves what it has measured. */
    private static synchronized void publish(String name, Verdict judged) throws IOException {
        Map<String, Verdict> published = published();
        published.put(name, judged);
        Files.writeString(DOCUMENT, document(published));
    }

    /** By language and name. */
    private static Map<String, Verdict> all() {
        Map<String, Verdict> all = new TreeMap<>();
        PYTHON.forEach(each -> all.put("Python | " + each.name(), each.verdict()));
        NODE.forEach(each -> all.put("Node.js | " + each.name(), each.verdict()));
        return all;
    }

    private static String document(Map<String, Verdict> judged) {
        Map<String, Verdict> all = new TreeMap<>(all());
        all.keySet().retainAll(judged.keySet());
        long faulty = all.values().stream().filter(Verdict::isFault).count();
        long found = judged.values().stream().filter(Verdict::isFault).count();
        long right = all.entrySet().stream()
                .filter(each ->
                        each.getValue().isFault() && judged.get(each.getKey()).isFault())
                .count();
        StringBuilder text = new StringBuilder("""
                # How accurate replay is with functions that run as processes

                Written by `./dev accuracy`: functions in Node.js and Python (`pairs.cjs`, `pairs.py`), each faulty one beside its
                repaired version, run by the real engine, killed and delivered again under schedules a, b, c and s. The labels were
                given before the first run. See [review-accuracy.md](review-accuracy.md) for the larger sets.

                """);
        text.append("%d functions, %d of them faulty: precision %d/%d, recall %d/%d.%n%n"
                .formatted(all.size(), faulty, right, found, right, faulty));
        text.append("| language | function | label | judged |\n|---|---|---|---|\n");
        all.forEach((name, label) -> text.append("| %s | %s | %s |%n"
                .formatted(name, label.words(), judged.get(name).words())));
        return text.toString();
    }

    @TestFactory
    Stream<DynamicTest> python() {
        return pairs("Python", PYTHON, runs("python3", "-c", "import boto3"), "python3 with boto3 is not installed");
    }

    @TestFactory
    Stream<DynamicTest> node() {
        return pairs("Node.js", NODE, runs("node", "--version"), "node is not installed");
    }

    @Test
    void theCommandOfAFindingShowsItAgain() throws InterruptedException {
        Assumptions.assumeTrue(runs("node", "--version"), "node is not installed");
        try (Running running = new Running("Node.js", "growsInMemory")) {
            Judgement judgement = running.judge();
            List<String> words = new ArrayList<>(List.of(judgement.command().split(" ")));
            words.removeFirst();
            words.addAll(List.of("--endpoint=" + virga.virga().endpoint(), "--environment=" + running.live.name()));
            Ended again = Ended.of(words.toArray(String[]::new));
            assertThat(again.code()).as(again.err()).isEqualTo(1);
            assertThat(again.out()).startsWith(judgement.sentence()).contains("again: " + judgement.command());
        }
    }

    private static Stream<DynamicTest> pairs(String language, List<Labelled> labelled, boolean there, String missing) {
        return labelled.stream()
                .limit(ALL ? labelled.size() : MOST)
                .map(each -> DynamicTest.dynamicTest(language + ": " + each.name(), () -> {
                    Assumptions.assumeTrue(there, missing);
                    try (Running running = new Running(language, each.handler())) {
                        Judgement judgement = running.judge();
                        if (ALL) {
                            publish(language + " | " + each.name(), judgement.verdict());
                        }
                        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(each.verdict());
                    }
                }));
    }

    /** One function in an environment of its own, which has handled one event. */
    private static final class Running implements AutoCloseable {
        private final LiveEnvironment live;
        private final String invocation;

        Running(String language, String handler) throws InterruptedException {
            live = virga.virga().cloud().environment(virga.environment());
            List.of("one", "two").forEach(this::table);
            call(Sqs.CREATE_QUEUE, CreateQueueRequest.builder().queueName("out").build());
            call(S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket("files").build());
            boolean python = language.equals("Python");
            call(
                    Lambda.CREATE_FUNCTION,
                    CreateFunctionRequest.builder()
                            .functionName("function")
                            .runtime(python ? "python3.13" : "nodejs22.x")
                            .role("arn:aws:iam::000000000000:role/role")
                            .handler("pairs." + handler)
                            .timeout(10)
                            .code(FunctionCode.builder()
                                    .zipFile(zip(python ? "pairs.py" : "pairs.cjs"))
                                    .build())
                            .build());
            call(
                    Lambda.INVOKE,
                    InvocationRequest.builder()
                            .functionName("function")
                            .invocationType("Event")
                            .payload(Bytes.ofUtf8(EVENT))
                            .build());
            rest();
            invocation = virga.records(
                    live.name(),
                    snapshot -> snapshot.records(
                                    RecordFilter.ALL.kind(CallRecord.Kind.INVOCATION), 1, Direction.FORWARD)
                            .getFirst()
                            .id());
        }

        Judgement judge() throws InterruptedException {
            return new Replay(
                            virga.virga().cloud(),
                            name -> virga.virga().records().of(name).orElseThrow(),
                            virga.virga().crash(),
                            Settling.DEFAULT)
                    .judge(live.name(), invocation, EnumSet.allOf(Schedule.class), 1, step -> {});
        }

        private void rest() throws InterruptedException {
            long latest = live.ports().clock().nanos() + PATIENCE.toNanos();
            while (!live.settled() && live.ports().clock().nanos() < latest) {
                live.ports().clock().sleep(Duration.ofMillis(5));
            }
        }

        private void table(String name) {
            call(
                    DynamoDb.CREATE_TABLE,
                    CreateTableInput.builder()
                            .tableName(name)
                            .billingMode("PAY_PER_REQUEST")
                            .attributeDefinitions(List.of(AttributeDefinition.builder()
                                    .attributeName("id")
                                    .attributeType("S")
                                    .build()))
                            .keySchema(List.of(KeySchemaElement.builder()
                                    .attributeName("id")
                                    .keyType("HASH")
                                    .build()))
                            .build());
        }

        private <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
            String account = live.settings().accountId();
            Call call = live.newCall(
                    new Scope(live.name(), account, live.settings().region()),
                    new Principal.Root(account),
                    Cause.root(live.ports().ids().traceId()));
            return live.call(call, operation, input);
        }

        @Override
        public void close() {
            virga.virga().cloud().delete(live.name());
        }
    }

    private static Bytes zip(String file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                InputStream source = ProcessPairsTest.class.getResourceAsStream(file)) {
            zip.putNextEntry(new ZipEntry(file));
            source.transferTo(zip);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
