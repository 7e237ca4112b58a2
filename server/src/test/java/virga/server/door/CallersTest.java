package virga.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.Virga;
import virga.server.VirgaSettings;
import virga.server.testing.InProcessHttpClient;
import virga.server.testing.TestingVirga;
import virga.store.rocksdb.Durability;

/** Who a caller is taken for, from the door on. */
final class CallersTest {
    private static final String OWNER = "000000000000";
    private static final String STRANGER = "111122223333";

    private static HttpResponse askS3(TestingVirga virga, String account, String method, String target, String body) {
        Headers headers = Headers.of(
                "Host",
                "localhost:4566",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + account
                        + "/20261124/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
        return virga.virga()
                .door()
                .handle(HttpRequest.of(method, target, headers, ByteStream.of(Bytes.ofUtf8(body))), "127.0.0.1");
    }

    @Test
    void theRootUserOfAnotherAccountIsRefusedByS3UntilTheBucketsPolicyAllowsIt() {
        try (TestingVirga virga = new TestingVirga()) {
            virga.virga().cloud().change("default", Settings.DEFAULT.withAuthorization(Settings.Authorization.ENFORCE));
            assertThat(askS3(virga, OWNER, "PUT", "/photos", "").status()).isEqualTo(200);
            assertThat(askS3(virga, OWNER, "PUT", "/photos/one", "hello").status())
                    .isEqualTo(200);

            HttpResponse refused = askS3(virga, STRANGER, "GET", "/photos/one", "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().readAll().utf8())
                    .contains("<Code>AccessDenied</Code><Message>Access Denied</Message>");
            assertThat(askS3(virga, STRANGER, "DELETE", "/photos", "").status()).isEqualTo(403);

            String policy = """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
                      "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]}""".formatted(STRANGER);
            assertThat(askS3(virga, OWNER, "PUT", "/photos?policy", policy).status())
                    .isEqualTo(200);
            HttpResponse allowed = askS3(virga, STRANGER, "GET", "/photos/one", "");
            assertThat(allowed.body().readAll().utf8()).isEqualTo("hello");
        }
    }

    private static Virga onDisk(Path files) {
        VirgaSettings.State state = new VirgaSettings.State.Disk(files.resolve("state"), Durability.PROCESS_KILL);
        return Virga.start(VirgaSettings.inMemory(files).withState(state), notice -> {});
    }

    private static SqsClient client(Virga virga, String keyId, String secret) {
        return SqsClient.builder()
                .httpClient(new InProcessHttpClient(virga.door()))
                .endpointOverride(URI.create(virga.endpoint()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
                .build();
    }

    /** A key that is not known passes with any secret, as the default environment's root: only a wrong secret tells that it is known. */
    private static void assertKnown(Virga virga, Credentials key) {
        try (SqsClient right = client(virga, key.accessKeyId(), key.secretAccessKey());
                SqsClient wrong = client(virga, key.accessKeyId(), "another secret")) {
            assertThat(right.getQueueUrl(request -> request.queueName("theirs")).queueUrl())
                    .endsWith("/theirs");
            assertThat(catchThrowableOfType(AwsServiceException.class, wrong::listQueues)
                            .awsErrorDetails()
                            .errorMessage())
                    .startsWith("The request signature we calculated does not match");
        }
    }

    @Test
    void anAccessKeyIsKnownInItsEnvironmentAfterARestart(@TempDir Path files) {
        Credentials key;
        try (Virga virga = onDisk(files)) {
            LiveEnvironment environment = virga.cloud().create("staging", Settings.DEFAULT);
            Scope scope = new Scope("staging", OWNER, "eu-central-1");
            Cause cause = Cause.root(environment.ports().ids().traceId());
            key = environment.transact(
                    environment.newCall(scope, new Principal.Root(OWNER), cause),
                    work -> AccessKeys.issue(work, new Principal.User(OWNER, "ada")));
            try (SqsClient sqs = client(virga, key.accessKeyId(), key.secretAccessKey())) {
                sqs.createQueue(request -> request.queueName("theirs"));
            }
            assertKnown(virga, key);
        }

        try (Virga again = onDisk(files)) {
            assertKnown(again, key);
        }
    }
}
