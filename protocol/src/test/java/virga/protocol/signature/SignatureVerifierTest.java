package virga.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

class SignatureVerifierTest {
    private static final Credentials EXAMPLE =
            new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", Instant.MAX);
    private static final Credentials S3_EXAMPLE =
            new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", Instant.MAX);
    private static final Credentials SESSION =
            new Credentials("ASIASESSION", "secret", "token/with+signs==", Instant.parse("2026-11-23T13:00:00Z"));
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ServiceModel SQS = service("sqs", Protocol.AWS_JSON);
    private static final ServiceModel IAM = service("iam", Protocol.AWS_QUERY);
    private static final ServiceModel S3 = service("s3", Protocol.REST_XML);
    private static final SignatureVerifier VERIFIER = new SignatureVerifier(SignatureVerifierTest::find);

    private static ServiceModel service(String name, Protocol protocol) {
        return new ServiceModel(name, name, name, name, "", List.of(protocol), "", "1.0", "", Map.of());
    }

    private static Optional<Credentials> find(String accessKeyId) {
        return List.of(EXAMPLE, S3_EXAMPLE, SESSION).stream()
                .filter(known -> known.accessKeyId().equals(accessKeyId))
                .findFirst();
    }

    private static Authentication verify(HttpRequest request, ServiceModel service, Instant now) {
        return VERIFIER.verify(request, service, service.protocols().getFirst(), now);
    }

    private static HttpRequest post(String body) {
        return HttpRequest.of(
                "POST",
                "/",
                Headers.of("Host", "sqs.eu-west-1.amazonaws.com", "Content-Type", "application/x-amz-json-1.0"),
                ByteStream.of(Bytes.ofUtf8(body)));
    }

    private static Signer sqs(Credentials credentials) {
        return new Signer(credentials, "eu-west-1", "sqs");
    }

    private static HttpRequest without(HttpRequest request, String header) {
        return request.withHeaders(request.headers().without(header));
    }

    /** The example of "Create a signed AWS API request", IAM User Guide. */
    @Test
    void theExampleOfTheUserGuideHolds() {
        HttpRequest request = HttpRequest.of(
                "GET",
                "/?Action=ListUsers&Version=2010-05-08",
                Headers.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "Host",
                        "iam.amazonaws.com",
                        "X-Amz-Date",
                        "20150830T123600Z",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
                HttpResponse.NO_BODY);
        assertThat(verify(request, IAM, Instant.parse("2015-08-30T12:40:00Z")))
                .isInstanceOfSatisfying(
                        Authentication.Signed.class,
                        signed -> assertThat(signed.scope())
                                .isEqualTo(new CredentialScope("AKIDEXAMPLE", "20150830", "us-east-1", "iam")));
    }

    /** "Example: GET Object", Amazon S3 API Reference. */
    @Test
    void theExampleOfGetObjectHolds() {
        HttpRequest request = HttpRequest.of(
                "GET",
                "/test.txt",
                Headers.of(
                        "Host",
                        "examplebucket.s3.amazonaws.com",
                        "Range",
                        "bytes=0-9",
                        "x-amz-content-sha256",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "x-amz-date",
                        "20130524T000000Z",
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
                HttpResponse.NO_BODY);
        assertThat(verify(request, S3, Instant.parse("2013-05-24T00:01:00Z")))
                .isInstanceOf(Authentication.Signed.class);
    }

    /** "Authenticating requests: using query parameters", Amazon S3 API Reference. */
    @Test
    void theExampleOfAPresignedUrlHoldsForADay() {
        HttpRequest request = HttpRequest.of(
                "GET",
                "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                Headers.of("Host", "examplebucket.s3.amazonaws.com"),
                HttpResponse.NO_BODY);
        assertThat(verify(request, S3, Instant.parse("2013-05-24T23:59:59Z")))
                .isInstanceOf(Authentication.Signed.class);
        assertThatThrownBy(() -> verify(request, S3, Instant.parse("2013-05-25T00:00:01Z")))
                .hasToString("AccessDenied (403): Request has expired");
    }

    @Test
    void whatTheSignerSignsHolds() {
        HttpRequest request = sqs(EXAMPLE).sign(post("{\"QueueUrl\":\"a\"}"), NOW);
        assertThat(verify(request, SQS, NOW.plusSeconds(800))).isInstanceOf(Authentication.Signed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%20b/c",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1",
                "/x//y/../z/?b=2&a=1&a=%2B&c"
            })
    void theSdksOwnSignerAgreesOnPathsAndQueries(String target) {
        SdkHttpRequest sdk = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("https://sqs.eu-west-1.amazonaws.com" + target))
                .putHeader("X-Custom", "  two   spaces ")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(
                                AwsCredentialsIdentity.create(EXAMPLE.accessKeyId(), EXAMPLE.secretAccessKey()))
                        .request(sdk)
                        .payload(ContentStreamProvider.fromUtf8String("body"))
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                        .putProperty(
                                software.amazon.awssdk.http.auth.spi.signer.HttpSigner.SIGNING_CLOCK,
                                java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC)))
                .request();
        Headers.Builder headers = Headers.builder();
        signed.headers().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        String query = signed.getUri().getRawQuery();
        HttpRequest request = HttpRequest.of(
                "POST",
                signed.getUri().getRawPath() + (query == null ? "" : "?" + query),
                headers.build(),
                ByteStream.of(Bytes.ofUtf8("body")));
        assertThat(verify(request, SQS, NOW)).isInstanceOf(Authentication.Signed.class);
    }

    @Test
    void aPresignedRequestHoldsUntilItExpires() {
        HttpRequest request = sqs(EXAMPLE)
                .presign(
                        HttpRequest.of(
                                "GET",
                                "/?Action=ListQueues",
                                Headers.of("Host", "localhost:4566"),
                                HttpResponse.NO_BODY),
                        NOW,
                        Duration.ofHours(1));
        assertThat(verify(request, SQS, NOW.plusSeconds(3600))).isInstanceOf(Authentication.Signed.class);
        assertThatThrownBy(() -> verify(request, SQS, NOW.plusSeconds(3601)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("InvalidSignatureException"));
    }

    @Test
    void anotherBodyIsRefusedWithTheStringThatShouldHaveBeenSigned() {
        HttpRequest request = sqs(EXAMPLE).sign(post("{}"), NOW).withBody(ByteStream.of(Bytes.ofUtf8("{ }")));
        assertThatThrownBy(() -> verify(request, SQS, NOW)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo("InvalidSignatureException");
            assertThat(fault.status()).isEqualTo(400);
            assertThat(fault.getMessage())
                    .startsWith("The request signature we calculated does not match the signature you provided.")
                    .contains(
                            "The Canonical String for this request should have been\n'POST\n/\n\ncontent-type:application/x-amz-json-1.0\n")
                    .contains(
                            "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261123T120000Z\n20261123/eu-west-1/sqs/aws4_request\n");
        });
    }

    @Test
    void aRequestOfAQuarterHourAgoIsTooOld() {
        HttpRequest request = sqs(EXAMPLE).sign(post("{}"), NOW);
        assertThatThrownBy(() -> verify(request, SQS, NOW.plusSeconds(901)))
                .hasToString("InvalidSignatureException (400): Signature expired: 20261123T120000Z is now earlier than "
                        + "20261123T120001Z (20261123T121501Z - 15 min.)");
    }

    @Test
    void aRequestFromTheFutureIsRefused() {
        HttpRequest request = sqs(EXAMPLE).sign(post("{}"), NOW.plusSeconds(901));
        assertThatThrownBy(() -> verify(request, SQS, NOW)).hasMessageStartingWith("Signature not yet current: ");
    }

    @Test
    void aKeyThatNobodyHasIsRefusedInEachServicesWords() {
        Credentials unknown = new Credentials("AKIANOBODY", "secret", "", Instant.MAX);
        HttpRequest json = sqs(unknown).sign(post("{}"), NOW);
        assertThatThrownBy(() -> verify(json, SQS, NOW))
                .hasToString(
                        "UnrecognizedClientException (400): The security token included in the request is invalid.");
        HttpRequest query = new Signer(unknown, "us-east-1", "iam").sign(post(""), NOW);
        assertThatThrownBy(() -> verify(query, IAM, NOW))
                .hasToString("InvalidClientTokenId (403): The security token included in the request is invalid.");
        HttpRequest s3 = new Signer(unknown, "us-east-1", "s3").sign(post(""), NOW);
        assertThatThrownBy(() -> verify(s3, S3, NOW))
                .hasToString(
                        "InvalidAccessKeyId (403): The AWS Access Key Id you provided does not exist in our records.");
    }

    @Test
    void temporaryCredentialsNeedTheirToken() {
        HttpRequest request = sqs(SESSION).sign(post("{}"), NOW);
        assertThat(verify(request, SQS, NOW)).isInstanceOf(Authentication.Signed.class);
        Credentials tokenless = new Credentials(SESSION.accessKeyId(), SESSION.secretAccessKey(), "", Instant.MAX);
        assertThatThrownBy(() -> verify(sqs(tokenless).sign(post("{}"), NOW), SQS, NOW))
                .hasMessage("The security token included in the request is invalid.");
    }

    @Test
    void temporaryCredentialsExpire() {
        Instant late = SESSION.expiration().plusSeconds(1);
        assertThatThrownBy(() -> verify(sqs(SESSION).sign(post("{}"), late), SQS, late))
                .hasToString("ExpiredTokenException (400): The security token included in the request is expired");
    }

    @Test
    void aSignatureForAnotherServiceIsRefused() {
        HttpRequest request = new Signer(EXAMPLE, "eu-west-1", "sns").sign(post("{}"), NOW);
        assertThatThrownBy(() -> verify(request, SQS, NOW))
                .hasMessageStartingWith("Credential should be scoped to correct service: 'sqs'.");
    }

    @Test
    void anIncompleteHeaderIsRefused() {
        HttpRequest request = sqs(EXAMPLE).sign(post("{}"), NOW);
        assertThatThrownBy(() -> verify(without(request, "X-Amz-Date"), SQS, NOW))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("IncompleteSignatureException"));
        HttpRequest noSignature = without(request, "Authorization");
        noSignature = noSignature.withHeaders(noSignature
                .headers()
                .and("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/sqs/aws4_request"));
        HttpRequest incomplete = noSignature;
        assertThatThrownBy(() -> verify(incomplete, SQS, NOW))
                .hasMessageStartingWith("Authorization header requires 'Signature' parameter.");
    }

    @Test
    void version4AIsRefusedClearly() {
        HttpRequest request =
                post("{}").withHeaders(Headers.of("Authorization", "AWS4-ECDSA-P256-SHA256 Credential=x"));
        assertThatThrownBy(() -> verify(request, SQS, NOW))
                .hasToString(
                        "VirgaUnsupported (501): Virga does not support signatures of kind AWS4-ECDSA-P256-SHA256 yet");
    }

    @Test
    void aRequestWithoutASignatureIsAnonymous() {
        assertThat(verify(post("{}"), SQS, NOW)).isEqualTo(new Authentication.Anonymous());
    }
}
