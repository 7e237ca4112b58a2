package virga.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import virga.cloud.AccessKeys;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.observe.RecordFilter;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.testing.TestingVirga;
import virga.store.Reading.Direction;

final class FrontDoorTest {
    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static SqsClient sqs(AwsCredentials key) {
        return virga.client(SqsClient.builder(), key);
    }

    @Test
    void keysOfOneEnvironmentSeeNothingOfAnother() {
        try (SqsClient here = sqs(virga.key(virga.environment()));
                SqsClient there = sqs(virga.key(virga.environment()))) {
            here.createQueue(request -> request.queueName("mine"));
            assertThatThrownBy(() -> there.getQueueUrl(request -> request.queueName("mine")))
                    .isInstanceOf(QueueDoesNotExistException.class);
        }
    }

    @Test
    void aKeyOfTwelveDigitsIsThatAccount() {
        try (SqsClient sqs = sqs(AwsBasicCredentials.create("123456789012", "anything"))) {
            assertThat(sqs.createQueue(request -> request.queueName("numbered")).queueUrl())
                    .endsWith("/123456789012/numbered");
        }
    }

    @Test
    void anUnknownKeyIsTheDefaultEnvironmentsAccount() {
        try (SqsClient sqs = sqs(AwsBasicCredentials.create("test", "test"))) {
            assertThat(sqs.createQueue(request -> request.queueName("unknown")).queueUrl())
                    .endsWith("/000000000000/unknown");
        }
    }

    @Test
    void aKnownKeyWithAWrongSecretIsRefused() {
        AwsCredentials key = virga.key(virga.environment());
        try (SqsClient sqs = sqs(AwsBasicCredentials.create(key.accessKeyId(), "guessed"))) {
            assertThatThrownBy(sqs::listQueues)
                    .isInstanceOfSatisfying(
                            SqsException.class,
                            refused -> assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("SignatureDoesNotMatch"))
                    .hasMessageContaining("The request signature we calculated does not match");
        }
    }

    @Test
    void temporaryCredentialsEndWithTheEnvironmentsTime() {
        String name = virga.environment();
        LiveEnvironment environment = virga.virga().cloud().environment(name);
        Scope scope = new Scope(name, "000000000000", "eu-central-1");
        Principal root = new Principal.Root("000000000000");
        Credentials issued = environment.transact(
                environment.newCall(
                        scope, root, Cause.root(environment.ports().ids().traceId())),
                work -> AccessKeys.issue(
                        work, new Principal.RoleSession("000000000000", "reader", "session"), Duration.ofHours(1)));
        AwsCredentials session =
                AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
        try (SqsClient sqs = sqs(session)) {
            assertThat(sqs.listQueues().queueUrls()).isEmpty();
            virga.virga().cloud().changeClock(name, clock -> clock.advance(Duration.ofHours(2)));
            assertThatThrownBy(sqs::listQueues)
                    .hasMessageContaining("The security token included in the request is expired");
        }
    }

    @Test
    void aSessionThatNobodyKnowsIsRefused() {
        AwsCredentials gone = AwsSessionCredentials.create("ASIAGONE", "secret", "virgagone");
        try (SqsClient sqs = sqs(gone)) {
            assertThatThrownBy(sqs::listQueues)
                    .hasMessageContaining("The security token included in the request is invalid.");
        }
    }

    @Test
    void theRequestIdNamesTheRecord() {
        String environment = virga.environment();
        try (SqsClient sqs = sqs(virga.key(environment))) {
            String id = sqs.createQueue(request -> request.queueName("recorded"))
                    .responseMetadata()
                    .requestId();
            CallRecord record =
                    virga.records(environment, records -> records.find(id)).orElseThrow();
            assertThat(record.operation()).isEqualTo("CreateQueue");
            assertThat(record.principal()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThat(record.cause().isRoot()).isTrue();
        }
    }

    @Test
    void aTraceThatTheClientBeganGoesOn() {
        String environment = virga.environment();
        String trace = "1-6923a1b2-0123456789abcdef01234567";
        try (SqsClient sqs = sqs(virga.key(environment))) {
            sqs.listQueues(request -> request.overrideConfiguration(
                    more -> more.putHeader("X-Amzn-Trace-Id", "Root=" + trace + ";Sampled=1")));
            long members =
                    virga.records(environment, records -> records.ofTrace(trace).count());
            assertThat(members).isOne();
        }
    }

    @Test
    void whatTheModelDoesNotAllowIsRefusedInAwsWordsAndRecorded() {
        String environment = virga.environment();
        try (LambdaClient lambda = virga.client(LambdaClient.builder(), virga.key(environment))) {
            assertThatThrownBy(() -> lambda.createFunction(request -> request.functionName("nothing else")))
                    .hasMessageContaining("validation error")
                    .hasMessageContaining("Member must not be null");
            List<CallRecord> refused = virga.records(
                    environment,
                    records -> records.records(RecordFilter.ALL.operation("CreateFunction"), 10, Direction.FORWARD));
            assertThat(refused)
                    .singleElement()
                    .satisfies(record -> assertThat(record.status()).isEqualTo(400));
        }
    }

    @Test
    void anUnsignedRequestIsRefusedWhereAwsAsksForASignature() {
        HttpResponse answer = virga.virga()
                .door()
                .handle(
                        new HttpRequest(
                                "GET",
                                "/2015-03-31/functions",
                                "",
                                Headers.of("Host", "lambda.us-east-1.amazonaws.com"),
                                ByteStream.of(Bytes.EMPTY)),
                        "127.0.0.1");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers().value("x-amzn-ErrorType", "")).contains("MissingAuthenticationToken");
    }
}
