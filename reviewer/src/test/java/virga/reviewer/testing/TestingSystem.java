package virga.reviewer.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.CloudParts;
import virga.cloud.spine.LiveEnvironment;
import virga.cloud.spine.WorkerKeys;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.system.SystemPorts;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.S3;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.observe.Observatory;
import virga.observe.RecordFilter;
import virga.observe.Records;
import virga.observe.Retention;
import virga.observe.Snapshot;
import virga.reviewer.Review;
import virga.reviewer.replay.Crash;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Settling;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.dynamodb.DynamoDbStreamsService;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.s3.S3Limits;
import virga.services.s3.S3Service;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.store.Reading;
import virga.store.memory.MemoryStores;

/** A cloud with functions written in Java, tables {@code one}, {@code two} and {@code three}, the queue {@code out} and the bucket {@code files}. */
public final class TestingSystem implements AutoCloseable {
    static final String ENDPOINT = "http://127.0.0.1:4566";
    private static final Settling SETTLING =
            new Settling(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(15), Duration.ZERO);

    private final TestingFunctions functions = new TestingFunctions();
    private final Observatory observatory = new Observatory(Retention.DEFAULT);
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final Cloud cloud;

    public TestingSystem() {
        WorkerKeys workers =
                new WorkerKeys(SystemPorts.of(1, Duration.ZERO, bugs::add).ids());
        CloudParts parts = new CloudParts(
                Settings.DEFAULT,
                1,
                (seed, offset) -> SystemPorts.of(seed, offset, bugs::add),
                observatory::open,
                workers,
                functions::retireEnvironment,
                bugs::add);
        cloud = new Cloud(
                new MemoryStores(),
                parts,
                List.of(
                        new SqsService(ENDPOINT, SqsLimits.AWS),
                        new DynamoDbService(DynamoDbLimits.AWS),
                        new DynamoDbStreamsService(DynamoDbLimits.AWS),
                        new EventsService(EventsLimits.AWS),
                        new S3Service(S3Limits.AWS),
                        new LambdaService(functions, ENDPOINT, LambdaLimits.AWS)));
        functions.serve(cloud::environment, observatory::of);
        cloud.start();
        List.of("one", "two", "three").forEach(this::table);
        call(Sqs.CREATE_QUEUE, CreateQueueRequest.builder().queueName("out").build());
        call(S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket("files").build());
    }

    public Cloud cloud() {
        return cloud;
    }

    public Records records() {
        return observatory.of(Cloud.DEFAULT_ENVIRONMENT);
    }

    public Replay replay() {
        return new Replay(cloud, observatory::of, Crash.of(functions), SETTLING);
    }

    public Review review() {
        return new Review(cloud, observatory::of, Crash.of(functions));
    }

    /** Waits until so many invocations are recorded. */
    public void awaitInvocations(int count) throws InterruptedException {
        RecordFilter invocations = RecordFilter.ALL.kind(CallRecord.Kind.INVOCATION);
        while (records()
                        .read((Snapshot snapshot) -> snapshot.records(invocations, count, Reading.Direction.FORWARD))
                        .size()
                < count) {
            environment().ports().clock().sleep(Duration.ofMillis(5));
        }
    }

    public TestingSystem function(String name, TestingFunction handler) {
        return worker(name, () -> handler);
    }

    /** As {@link #function}, with a handler of its own for each worker. */
    public TestingSystem worker(String name, Supplier<TestingFunction> handler) {
        functions.add(name, handler);
        call(
                Lambda.CREATE_FUNCTION,
                CreateFunctionRequest.builder()
                        .functionName(name)
                        .runtime("python3.13")
                        .role("arn:aws:iam::000000000000:role/role")
                        .handler("index.handler")
                        .code(FunctionCode.builder().zipFile(zip()).build())
                        .build());
        return this;
    }

    /** Lets {@code function} take what is sent to the queue {@code out}. */
    public TestingSystem consumer(String name, TestingFunction handler) {
        function(name, handler);
        call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .functionName(name)
                        .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:out")
                        .batchSize(1)
                        .build());
        return this;
    }

    /** Lets a function take these messages from the queue {@code in}, as one batch; the id of the invocation's record. */
    public String deliver(String function, List<String> bodies) throws InterruptedException {
        call(Sqs.CREATE_QUEUE, CreateQueueRequest.builder().queueName("in").build());
        for (String body : bodies) {
            call(
                    Sqs.SEND_MESSAGE,
                    SendMessageRequest.builder()
                            .queueUrl(ENDPOINT + "/000000000000/in")
                            .messageBody(body)
                            .build());
        }
        call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .functionName(function)
                        .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:in")
                        .batchSize(10)
                        .build());
        while (!environment().settled()) {
            environment().ports().clock().sleep(Duration.ofMillis(1));
        }
        return records()
                .read(
                        (Snapshot snapshot) -> snapshot
                                .records(
                                        RecordFilter.ALL.kind(CallRecord.Kind.INVOCATION), 1, Reading.Direction.FORWARD)
                                .stream())
                .map(CallRecord::id)
                .findFirst()
                .orElseThrow();
    }

    /** Invokes a function; the id of the invocation's record. */
    public String invoke(String function, String event) {
        Call call = newCall();
        environment()
                .call(
                        call,
                        Lambda.INVOKE,
                        InvocationRequest.builder()
                                .functionName(function)
                                .payload(Bytes.ofUtf8(event))
                                .build());
        return records()
                .read((Snapshot snapshot) -> snapshot.causedBy(call.requestId())
                        .filter(record -> record.kind() == CallRecord.Kind.INVOCATION)
                        .map(CallRecord::id)
                        .findFirst()
                        .orElseThrow());
    }

    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        return environment().call(newCall(), operation, input);
    }

    /** A number in an item. */
    public String number(String table, String id, String attribute) {
        return call(
                        DynamoDb.GET_ITEM,
                        GetItemInput.builder()
                                .tableName(table)
                                .key(Map.of("id", AttributeValue.builder().s(id).build()))
                                .build())
                .item()
                .get(attribute)
                .n()
                .orElseThrow();
    }

    public LiveEnvironment environment() {
        return cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
    }

    private Call newCall() {
        Settings settings = environment().settings();
        Scope scope = new Scope(Cloud.DEFAULT_ENVIRONMENT, settings.accountId(), settings.region());
        String trace = environment().ports().ids().traceId();
        return environment().newCall(scope, new Principal.Root(settings.accountId()), Cause.root(trace));
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

    private static Bytes zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    @Override
    public void close() {
        cloud.close();
        if (!bugs.isEmpty()) {
            AssertionError failure = new AssertionError("bugs inside the cloud: " + bugs);
            bugs.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
