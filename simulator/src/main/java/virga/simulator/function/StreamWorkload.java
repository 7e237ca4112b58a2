package virga.simulator.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import virga.kernel.Bug;
import virga.kernel.Chance;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.Shard;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.Lambda;
import virga.model.lambda.OnFailure;
import virga.model.lambda.UpdateEventSourceMappingRequest;
import virga.simulator.Patient;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/** Writers change items of a table, each its own; a mapping brings the changes to a function, which fails some of them. */
public final class StreamWorkload implements Workload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "changes";
    private static final String FAILURES = "failures";
    private static final int WRITERS = 3;
    private static final int MOST_ROUNDS = 200;

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Patient patient;
    private final Setting setting;
    private final int writes;
    private final int batchSize;
    private final int attempts;
    private final boolean bisect;
    private final boolean partial;
    private final boolean latest;
    private final StreamLedger ledger;
    private String stream = "";

    public StreamWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("stream");
        this.patient = new Patient(simulation, cloud);
        this.setting = new Setting(patient);
        this.writes = 3 + chance.nextInt(10);
        this.batchSize = 1 + chance.nextInt(8);
        this.attempts = chance.nextInt(4) - 1;
        this.bisect = chance.nextInt(2) == 0;
        this.partial = chance.nextInt(2) == 0;
        this.latest = chance.nextInt(2) == 0;
        this.ledger = new StreamLedger(simulation, cloud, attempts);
    }

    @Override
    public String toString() {
        return WRITERS + " writers of " + writes + " changes, batches of " + batchSize + ", " + attempts + " retries"
                + (bisect ? ", bisected" : "") + (partial ? ", partial failures" : "") + (latest ? ", latest" : "");
    }

    @Override
    public void run() {
        Optional<String> mapping = setUp();
        CountDownLatch done = new CountDownLatch(WRITERS);
        for (int i = 0; i < WRITERS; i++) {
            String key = "k" + i;
            simulation.outside().start("writer-" + i, () -> {
                write(key);
                done.countDown();
            });
        }
        cloud.sleep(Duration.ofMillis(chance.nextInt(20_000)));
        mapping.filter(unused -> chance.nextInt(2) == 0).ifPresent(this::restart);
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
        await();
        checkBisected();
    }

    private Optional<String> setUp() {
        setting.queue(FAILURES, Map.of());
        setting.function(OptionalInt.empty(), Optional.empty());
        patient.call(
                DynamoDb.CREATE_TABLE,
                CreateTableInput.builder()
                        .tableName(TABLE)
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(List.of(AttributeDefinition.builder()
                                .attributeName("pk")
                                .attributeType("S")
                                .build()))
                        .keySchema(List.of(KeySchemaElement.builder()
                                .attributeName("pk")
                                .keyType("HASH")
                                .build()))
                        .streamSpecification(StreamSpecification.builder()
                                .streamEnabled(true)
                                .streamViewType("NEW_IMAGE")
                                .build())
                        .build(),
                List.of("ResourceInUseException"));
        stream = patient.call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName(TABLE).build())
                .table()
                .flatMap(table -> table.latestStreamArn())
                .orElseThrow();
        CreateEventSourceMappingRequest.Builder input = CreateEventSourceMappingRequest.builder()
                .eventSourceArn(stream)
                .functionName(Setting.FUNCTION)
                .startingPosition(latest ? "LATEST" : "TRIM_HORIZON")
                .batchSize(batchSize)
                .maximumRetryAttempts(attempts)
                .bisectBatchOnFunctionError(bisect)
                .destinationConfig(DestinationConfig.builder()
                        .onFailure(OnFailure.builder()
                                .destination(Setting.queueArn(FAILURES))
                                .build())
                        .build());
        if (partial) {
            input.functionResponseTypes(List.of("ReportBatchItemFailures"));
        }
        return patient.call(Lambda.CREATE_EVENT_SOURCE_MAPPING, input.build(), List.of("ResourceConflictException"))
                .flatMap(made -> made.uuid());
    }

    private void restart(String mapping) {
        ledger.restarted();
        patient.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(mapping)
                        .batchSize(batchSize + 1)
                        .build());
        simulation.note("the mapping is restarted");
        ledger.restarted();
    }

    private void write(String key) {
        for (int number = 1; number <= writes; number++) {
            // What is written before a mapping from the latest on is at work may be passed over, as on AWS.
            boolean atWork = !latest || ledger.hasArrived(key);
            ledger.writing(key, number);
            Reply<?> reply = cloud.call(
                    DynamoDb.PUT_ITEM,
                    PutItemInput.builder()
                            .tableName(TABLE)
                            .item(Map.of("pk", AttributeValue.ofS(key), "number", AttributeValue.ofN("" + number)))
                            .build());
            simulation.note(key + "#" + number + ": " + reply.getClass().getSimpleName());
            switch (reply) {
                case Reply.Answered<?> answered when atWork -> ledger.owed(key, number);
                case Reply.Answered<?> early -> cloud.sleep(Duration.ofSeconds(1));
                case Reply.Refused<?> refused ->
                    simulation.fail("a write is answered", refused.fault().toString());
                case Reply.Lost<?> lost -> simulation.note(key + "#" + number + " may be lost");
            }
            if (chance.nextInt(2) == 0) {
                cloud.sleep(Duration.ofMillis(chance.nextInt(3_000)));
            }
        }
    }

    private boolean isPoison(StreamLedger.Place place) {
        return attempts >= 0 && place.number() % 4 == 0;
    }

    /** The function: some changes fail always, and without bisecting others at times. */
    @Override
    public String handle(FunctionVersion function, Invocation invocation) throws InterruptedException {
        List<StreamLedger.Place> batch = new ArrayList<>();
        for (JsonNode record : json(invocation.payload().utf8()).path("Records")) {
            JsonNode image = record.path("dynamodb").path("NewImage");
            batch.add(new StreamLedger.Place(
                    image.path("pk").path("S").asText(),
                    Integer.parseInt(image.path("number").path("N").asText()),
                    new BigInteger(
                            record.path("dynamodb").path("SequenceNumber").asText())));
        }
        simulation.note("batch " + batch);
        StreamLedger.Beginning began = ledger.begins(batch);
        try {
            cloud.pause(Duration.ofMillis(chance.nextInt(1_500)));
        } catch (InterruptedException e) {
            ledger.interrupted(batch, began);
            throw e;
        }
        boolean moody = !bisect && chance.nextInt(8) == 0;
        int failing = 0;
        while (failing < batch.size() && !isPoison(batch.get(failing)) && !moody) {
            failing++;
        }
        boolean failed = failing < batch.size();
        ledger.ended(batch, failed && !partial ? 0 : failing, began);
        if (!failed) {
            return "{}";
        }
        if (!partial) {
            throw new SimulatedFunctions.HandlerError("planned");
        }
        return "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                + sequenceText(invocation.payload().utf8(), failing) + "\"}]}";
    }

    private static String sequenceText(String event, int record) {
        return json(event)
                .path("Records")
                .path(record)
                .path("dynamodb")
                .path("SequenceNumber")
                .asText();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Bug("an event that is no JSON: " + text, e);
        }
    }

    /** The keys in each shard, by its id. */
    private Map<String, Set<String>> shards() {
        Map<String, Set<String>> keys = new TreeMap<>();
        List<Shard> shards = patient.call(
                        DynamoDbStreams.DESCRIBE_STREAM,
                        DescribeStreamInput.builder().streamArn(stream).build())
                .streamDescription()
                .orElseThrow()
                .shards();
        for (Shard shard : shards) {
            String id = shard.shardId().orElseThrow();
            String iterator = patient.call(
                            DynamoDbStreams.GET_SHARD_ITERATOR,
                            GetShardIteratorInput.builder()
                                    .streamArn(stream)
                                    .shardId(id)
                                    .shardIteratorType("TRIM_HORIZON")
                                    .build())
                    .shardIterator()
                    .orElseThrow();
            // All that was written fits into one page.
            patient.call(
                            DynamoDbStreams.GET_RECORDS,
                            GetRecordsInput.builder().shardIterator(iterator).build())
                    .records()
                    .forEach(record -> keys.computeIfAbsent(id, unused -> new TreeSet<>())
                            .add(record.dynamodb()
                                    .orElseThrow()
                                    .keys()
                                    .get("pk")
                                    .s()
                                    .orElseThrow()));
        }
        return keys;
    }

    private void await() {
        Map<String, Set<String>> shards = shards();
        for (int round = 0; !ledger.open().isEmpty() && round < MOST_ROUNDS; round++) {
            cloud.sleep(Duration.ofSeconds(2));
            setting.take(FAILURES).forEach(message -> {
                JsonNode info = json(message.body().orElseThrow()).path("DDBStreamBatchInfo");
                ledger.givenUp(
                        shards.getOrDefault(info.path("shardId").asText(), Set.of()),
                        new BigInteger(info.path("startSequenceNumber").asText()),
                        new BigInteger(info.path("endSequenceNumber").asText()));
            });
        }
        if (!ledger.open().isEmpty()) {
            simulation.fail(
                    "a stream's record is handled or given up, never lost",
                    ledger.open().toString());
        }
    }

    /** Where batches are bisected and tried again, only what fails by itself is given up. */
    private void checkBisected() {
        if (!bisect || attempts == 0) {
            return;
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int number = 1; number <= writes; number++) {
                var place = new StreamLedger.Place("k" + writer, number, BigInteger.ZERO);
                if (ledger.isOwed(place.key(), number) && !isPoison(place) && !ledger.wasHandled(place.key(), number)) {
                    simulation.fail("bisecting gives up only what fails", place.toString());
                }
            }
        }
    }
}
