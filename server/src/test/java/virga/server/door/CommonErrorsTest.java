package virga.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.CommonError;
import virga.model.ServiceModel;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.wire.ServerProtocol;
import virga.server.testing.TestingVirga;

/** What refusals that no model names look like, protocol by protocol. */
final class CommonErrorsTest {
    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    /** A user without any policy, where the environment enforces. */
    private static AwsCredentials nobody() {
        String name = virga.environment();
        virga.virga().cloud().change(name, Settings.DEFAULT.withAuthorization(Settings.Authorization.ENFORCE));
        LiveEnvironment environment = virga.virga().cloud().environment(name);
        Scope scope = new Scope(name, "000000000000", "eu-central-1");
        Cause cause = Cause.root(environment.ports().ids().traceId());
        Credentials key = environment.transact(
                environment.newCall(scope, new Principal.Root("000000000000"), cause),
                work -> AccessKeys.issue(work, new Principal.User("000000000000", "eve")));
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    private static AwsServiceException refusal(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call);
    }

    @Test
    void aRestJsonServiceSaysAccessDeniedException() {
        try (LambdaClient lambda = virga.client(LambdaClient.builder(), nobody())) {
            AwsServiceException refusal = refusal(lambda::listFunctions);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(refusal.statusCode()).isEqualTo(403);
            assertThat(refusal.awsErrorDetails().errorMessage())
                    .isEqualTo("User: arn:aws:iam::000000000000:user/eve is not authorized to perform: "
                            + "lambda:ListFunctions on resource: * because no identity-based policy allows the "
                            + "lambda:ListFunctions action");
        }
    }

    @Test
    void sqsKeepsTheCodesAndStatusesOfItsOldProtocolForThoseWhoKnowThem() {
        try (SqsClient sqs = virga.client(SqsClient.builder(), nobody())) {
            AwsServiceException refusal = refusal(() -> sqs.createQueue(request -> request.queueName("theirs")));
            assertThat(refusal.statusCode()).isEqualTo(403);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(refusal.awsErrorDetails().errorMessage()).contains("perform: sqs:createqueue on resource: ");
        }
    }

    @Test
    void theSameErrorHasTheNameAndStatusOfTheProtocolThatTheClientSpeaks() {
        assertThat(answer("sqs", ServiceModel.Protocol.AWS_JSON)).isEqualTo("403 AccessDeniedException");
        assertThat(answer("sqs", ServiceModel.Protocol.AWS_QUERY)).isEqualTo("403 AccessDenied");
        assertThat(answer("dynamodb", ServiceModel.Protocol.AWS_JSON)).isEqualTo("400 AccessDeniedException");
        assertThat(answer("lambda", ServiceModel.Protocol.REST_JSON)).isEqualTo("403 AccessDeniedException");
        assertThat(answer("iam", ServiceModel.Protocol.AWS_QUERY)).isEqualTo("403 AccessDenied");
        assertThat(answer("s3", ServiceModel.Protocol.REST_XML)).isEqualTo("403 AccessDenied");
    }

    /** The status, and the one of the two names that the answer has. */
    private static String answer(String serviceName, ServiceModel.Protocol protocol) {
        ServiceModel service = virga.virga().cloud().registry().models().stream()
                .filter(model -> model.modelName().equals(serviceName))
                .findFirst()
                .orElseThrow();
        Fault asTheSpineThrowsIt = CommonError.ACCESS_DENIED.of(service, "no");
        HttpResponse answer = ServerProtocol.of(protocol)
                .refuse(
                        asTheSpineThrowsIt,
                        Optional.empty(),
                        new ServerProtocol.Exchange(
                                service,
                                new HttpRequest("POST", "/", "", Headers.NONE, ByteStream.of(Bytes.EMPTY)),
                                "id"));
        String told = answer.body().readAll().utf8() + answer.headers().value("x-amzn-ErrorType", "");
        return answer.status() + (told.contains("AccessDeniedException") ? " AccessDeniedException" : " AccessDenied");
    }
}
