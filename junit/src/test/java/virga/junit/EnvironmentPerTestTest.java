package virga.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

@VirgaTest
final class EnvironmentPerTestTest {
    private final SqsClient ofTheConstructor;

    EnvironmentPerTestTest(SqsClient sqs) {
        this.ofTheConstructor = sqs;
    }

    /** Runs in parallel with itself: each finds an empty cloud and makes a queue of the same name. */
    @RepeatedTest(8)
    void everyTestHasAnEmptyEnvironment(SqsClient sqs) {
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
        String url = sqs.createQueue(queue -> queue.queueName("same")).queueUrl();
        sqs.sendMessage(message -> message.queueUrl(url).messageBody("one"));
        assertThat(sqs.getQueueAttributes(ask ->
                                ask.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes()
                        .values())
                .containsExactly("1");
    }

    @Test
    void theConstructorsClientIsTheTests(SqsClient sqs) {
        assertThat(ofTheConstructor).isSameAs(sqs);
        ofTheConstructor.createQueue(queue -> queue.queueName("seen"));
        assertThat(sqs.listQueues().queueUrls()).hasSize(1);
    }

    @Test
    void advancingTheClockMakesTimeoutsExpireAtOnce(SqsClient sqs, VirgaEnvironment environment) {
        String url = sqs.createQueue(queue -> queue.queueName("work")).queueUrl();
        sqs.sendMessage(message -> message.queueUrl(url).messageBody("one"));
        assertThat(sqs.receiveMessage(ask -> ask.queueUrl(url).visibilityTimeout(3600))
                        .messages())
                .hasSize(1);
        assertThat(sqs.receiveMessage(ask -> ask.queueUrl(url)).messages()).isEmpty();
        environment.clock().advance(Duration.ofHours(1));
        assertThat(sqs.receiveMessage(ask -> ask.queueUrl(url)).messages())
                .extracting(Message::body)
                .containsExactly("one");
    }

    @Test
    void aFrozenClockStandsStill(VirgaEnvironment environment) {
        environment.clock().freeze();
        Instant before = environment.clock().now();
        environment.clock().advance(Duration.ofDays(1));
        assertThat(environment.clock().now()).isEqualTo(before.plus(Duration.ofDays(1)));
        environment.clock().resume();
        assertThat(environment.clock().frozen()).isFalse();
    }

    @Test
    void asynchronousClientsWorkInProcess(SqsAsyncClient sqs, S3AsyncClient s3) {
        String body = "x".repeat(100_000);
        CompletableFuture<String> stored = s3.createBucket(bucket -> bucket.bucket("async"))
                .thenCompose(made ->
                        s3.putObject(object -> object.bucket("async").key("k"), AsyncRequestBody.fromString(body)))
                .thenCompose(put ->
                        s3.getObject(object -> object.bucket("async").key("k"), AsyncResponseTransformer.toBytes()))
                .thenApply(bytes -> bytes.asUtf8String());
        assertThat(stored.join()).isEqualTo(body);
        assertThat(sqs.getQueueUrl(ask -> ask.queueName("nowhere")))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void aBuilderOfOnesOwnIsPointedHere(VirgaEnvironment environment, S3Client injected) {
        try (S3Client own =
                environment.configure(S3Client.builder()).forcePathStyle(true).build()) {
            own.createBucket(bucket -> bucket.bucket("own"));
            own.putObject(object -> object.bucket("own").key("k"), RequestBody.fromString("v"));
        }
        assertThat(injected.getObjectAsBytes(object -> object.bucket("own").key("k"))
                        .asUtf8String())
                .isEqualTo("v");
    }

    @Test
    void aForkGoesItsOwnWayFromTheSameTime(VirgaEnvironment environment, SqsClient sqs) {
        sqs.createQueue(queue -> queue.queueName("inherited"));
        environment.clock().freeze();
        environment.clock().advance(Duration.ofDays(3));
        VirgaEnvironment fork = environment.fork();
        assertThat(fork.clock().now())
                .isBetween(
                        environment.clock().now().minusSeconds(30),
                        environment.clock().now().plusSeconds(30));
        SqsClient forked = fork.client(SqsClient.class);
        assertThat(forked.listQueues().queueUrls()).hasSize(1);
        forked.createQueue(queue -> queue.queueName("later"));
        assertThat(sqs.listQueues().queueUrls()).hasSize(1);
    }

    @Test
    void variablesLeadOtherProcessesHere(VirgaEnvironment environment) {
        assertThat(environment.variables())
                .containsEntry("AWS_ENDPOINT_URL", environment.endpoint().toString())
                .containsEntry("AWS_ACCESS_KEY_ID", environment.credentials().accessKeyId())
                .containsKeys("AWS_REGION", "AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void whatHappenedCanBeRead(VirgaEnvironment environment, SqsClient sqs) {
        sqs.createQueue(queue -> queue.queueName("recorded"));
        assertThat(environment.records())
                .extracting(record -> record.operation())
                .containsExactly("CreateQueue");
        assertThat(environment.lastTrace().toString()).contains("CreateQueue");
        assertThat(environment.lastTrace().failed()).isFalse();
    }

    @Test
    void anEnvironmentWhereNothingMovesIsAtRest(VirgaEnvironment environment, SqsClient sqs) {
        String url = sqs.createQueue(queue -> queue.queueName("unread")).queueUrl();
        sqs.sendMessage(message -> message.queueUrl(url).messageBody("nobody takes it"));
        environment.settle(Duration.ofSeconds(5));
    }
}
