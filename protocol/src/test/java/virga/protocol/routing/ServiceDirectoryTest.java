package virga.protocol.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.cloudwatch.CloudWatch;
import virga.model.dynamodb.DynamoDb;
import virga.model.iam.Iam;
import virga.model.lambda.Lambda;
import virga.model.s3.S3;
import virga.model.sns.Sns;
import virga.model.sqs.Sqs;
import virga.model.sts.Sts;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

class ServiceDirectoryTest {
    private static final ServiceDirectory DIRECTORY = ServiceDirectory.of(List.of(
            Sqs.MODEL,
            Sns.MODEL,
            DynamoDb.MODEL,
            Lambda.MODEL,
            S3.MODEL,
            Iam.MODEL,
            Sts.MODEL,
            CloudWatch.MODEL,
            ApiGatewayV2.MODEL));

    private static Destination resolve(String method, String target, String body, String... headers) {
        return DIRECTORY.resolve(
                HttpRequest.of(method, target, Headers.of(headers), ByteStream.of(Bytes.ofUtf8(body))));
    }

    private static String signedFor(String service) {
        return "AWS4-HMAC-SHA256 Credential=AKID/20261123/eu-west-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=00";
    }

    /** {@code service:Operation over PROTOCOL {labels}}, or why not. */
    private static String described(Destination destination) {
        return switch (destination) {
            case Destination.ApiCall call -> call.operation() + (call.labels().isEmpty() ? "" : " " + call.labels());
            case Destination.Refused refused -> refused.service().name() + " refuses: " + refused.fault();
            case Destination.UserEndpoint endpoint -> endpoint.kind() + " " + endpoint.id();
            case Destination.Preflight preflight ->
                (preflight.isAboutObject() ? "object " : "bucket ") + preflight.path();
        };
    }

    @Test
    void aTargetNamesServiceAndOperation() {
        assertThat(described(
                        resolve("POST", "/", "{}", "Host", "localhost:4566", "X-Amz-Target", "AmazonSQS.SendMessage")))
                .isEqualTo("sqs:SendMessage");
        assertThat(described(resolve("POST", "/", "{}", "X-Amz-Target", "DynamoDB_20120810.NoSuchThing")))
                .startsWith("dynamodb refuses: UnknownOperationException (400)");
        assertThat(described(resolve("POST", "/", "{}", "X-Amz-Target", "Comprehend_20171127.DetectSentiment")))
                .contains("VirgaUnsupported (501)");
    }

    @Test
    void aFormsActionIsTheServicesThatSignedIt() {
        String form = "Action=ListUsers&Version=2010-05-08";
        String[] headers = {
            "Host", "localhost", "Content-Type", "application/x-www-form-urlencoded", "Authorization", signedFor("iam")
        };
        assertThat(described(resolve("POST", "/", form, headers))).isEqualTo("iam:ListUsers");
        assertThat(described(resolve("POST", "/", "Action=Fly&Version=2010-05-08", headers)))
                .isEqualTo("iam refuses: InvalidAction (400): Could not find operation Fly for version 2010-05-08");
    }

    @Test
    void anUnsignedActionIsFoundByItsVersion() {
        assertThat(described(resolve("GET", "/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=r", "")))
                .isEqualTo("sts:AssumeRoleWithWebIdentity");
        assertThat(described(resolve(
                        "POST",
                        "/",
                        "Action=DescribeInstances&Version=2016-11-15",
                        "Content-Type",
                        "application/x-www-form-urlencoded")))
                .contains("VirgaUnsupported (501)");
    }

    @Test
    void oneServiceMaySpeakSeveralProtocols() {
        Destination.ApiCall query = (Destination.ApiCall) resolve(
                "POST",
                "/000000000000/jobs",
                "Action=SendMessage&Version=2012-11-05",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                signedFor("sqs"));
        assertThat(query.operation()).isSameAs(Sqs.SEND_MESSAGE);
        assertThat(query.protocol()).isEqualTo(Protocol.AWS_QUERY);
        Destination.ApiCall cbor = (Destination.ApiCall) resolve(
                "POST",
                "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                "",
                "smithy-protocol",
                "rpc-v2-cbor");
        assertThat(cbor.operation()).isSameAs(CloudWatch.PUT_METRIC_DATA);
        assertThat(cbor.protocol()).isEqualTo(Protocol.RPC_V2_CBOR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|s3:ListBuckets",
                "GET|/photos|s3:ListObjects {Bucket=photos}",
                "GET|/photos/|s3:ListObjects {Bucket=photos}",
                "GET|/photos?list-type=2&prefix=a|s3:ListObjectsV2 {Bucket=photos}",
                "GET|/photos?uploads|s3:ListMultipartUploads {Bucket=photos}",
                "GET|/photos?versioning=|s3:GetBucketVersioning {Bucket=photos}",
                "PUT|/photos|s3:CreateBucket {Bucket=photos}",
                "GET|/photos/2026/a%20cat.jpg|s3:GetObject {Bucket=photos, Key=2026/a cat.jpg}",
                "GET|/photos//twice/|s3:GetObject {Bucket=photos, Key=/twice/}",
                "GET|/photos/cat?tagging|s3:GetObjectTagging {Bucket=photos, Key=cat}",
                "GET|/photos/cat?uploadId=u|s3:ListParts {Bucket=photos, Key=cat}",
                "PUT|/photos/cat?partNumber=1&uploadId=u|s3:UploadPart {Bucket=photos, Key=cat}",
                "POST|/photos/cat?uploads|s3:CreateMultipartUpload {Bucket=photos, Key=cat}",
                "POST|/photos/cat?uploadId=u|s3:CompleteMultipartUpload {Bucket=photos, Key=cat}",
                "DELETE|/photos/cat?uploadId=u|s3:AbortMultipartUpload {Bucket=photos, Key=cat}",
                "DELETE|/photos/cat?x-id=DeleteObject|s3:DeleteObject {Bucket=photos, Key=cat}",
                "POST|/photos?delete|s3:DeleteObjects {Bucket=photos}",
                "HEAD|/photos/cat|s3:HeadObject {Bucket=photos, Key=cat}"
            })
    void s3IsFoundByMethodPathAndQuery(String method, String target, String expected) {
        assertThat(described(resolve(method, target, "", "Host", "localhost:4566", "Authorization", signedFor("s3"))))
                .isEqualTo(expected);
    }

    @Test
    void aCopyIsToldFromAPutByItsHeader() {
        String[] copy = {"Authorization", signedFor("s3"), "x-amz-copy-source", "photos/dog"};
        assertThat(described(resolve("PUT", "/photos/cat", "", "Authorization", signedFor("s3"))))
                .startsWith("s3:PutObject ");
        assertThat(described(resolve("PUT", "/photos/cat", "", copy))).startsWith("s3:CopyObject ");
        assertThat(described(resolve("PUT", "/photos/cat?partNumber=1&uploadId=u", "", copy)))
                .startsWith("s3:UploadPartCopy ");
    }

    @ParameterizedTest
    @CsvSource({
        "photos.s3.localhost.localstack.cloud:4566", "photos.s3.eu-west-1.amazonaws.com", "photos.s3.amazonaws.com",
        "photos.s3.dualstack.eu-west-1.amazonaws.com", "photos.s3-eu-west-1.amazonaws.com", "photos.s3.localhost:4566"
    })
    void aBucketMayStandInTheHostName(String host) {
        assertThat(described(resolve("GET", "/cat?versionId=1", "", "Host", host)))
                .isEqualTo("s3:GetObject {Bucket=photos, Key=cat}");
    }

    @Test
    void aBucketMayStandBeforeTheBareEndpoint() {
        assertThat(described(
                        resolve("PUT", "/", "", "Host", "my.photos.localhost:4566", "Authorization", signedFor("s3"))))
                .isEqualTo("s3:CreateBucket {Bucket=my.photos}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/2015-03-31/functions/|lambda:ListFunctions",
                "GET|/2015-03-31/functions/ship|lambda:GetFunction {FunctionName=ship}",
                "POST|/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Aship/invocations|lambda:Invoke {FunctionName=arn:aws:lambda:eu-west-1:1:function:ship}"
            })
    void lambdaIsFoundSignedAndUnsigned(String method, String target, String expected) {
        assertThat(described(
                        resolve(method, target, "", "Host", "127.0.0.1:4566", "Authorization", signedFor("lambda"))))
                .isEqualTo(expected);
        assertThat(described(resolve(method, target, "", "Host", "127.0.0.1:4566")))
                .isEqualTo(expected);
        assertThat(described(resolve(method, target, "", "Host", "lambda.eu-west-1.amazonaws.com")))
                .isEqualTo(expected);
    }

    @Test
    void aPathThatNobodyHasIsRefusedInTheServicesWords() {
        assertThat(described(resolve("GET", "/2015-03-31/planets", "", "Authorization", signedFor("lambda"))))
                .startsWith("lambda refuses: UnknownOperationException (404)");
        assertThat(described(resolve("PATCH", "/photos/cat", "", "Authorization", signedFor("s3"))))
                .isEqualTo(
                        "s3 refuses: MethodNotAllowed (405): The specified method is not allowed against this resource.");
    }

    @Test
    void aServiceThatVirgaDoesNotHaveIsNotTakenForS3() {
        assertThat(described(resolve("GET", "/clusters", "", "Authorization", signedFor("kafka"))))
                .isEqualTo("kafka refuses: VirgaUnsupported (501): Virga does not support the service of kafka yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc123.execute-api.localhost.localstack.cloud:4566|EXECUTE_API abc123",
                "abc123.execute-api.eu-west-1.amazonaws.com|EXECUTE_API abc123",
                "abc123.execute-api.cloud.example:8080|EXECUTE_API abc123",
                "q1w2e3.lambda-url.eu-west-1.on.aws|FUNCTION_URL q1w2e3",
                "site.s3-website-eu-west-1.amazonaws.com|BUCKET_WEBSITE site",
                "site.s3-website.localhost.localstack.cloud|BUCKET_WEBSITE site"
            })
    void whatTheUserDeployedIsNoApiOperation(String host, String expected) {
        assertThat(described(resolve("GET", "/orders", "", "Host", host))).isEqualTo(expected);
    }

    /** Every operation of every REST service must be reachable by a request made from its own pattern. */
    @Test
    void everyPatternLeadsToItsOperation() {
        List<String> lost = new ArrayList<>();
        for (ServiceModel service : List.of(Lambda.MODEL, ApiGatewayV2.MODEL)) {
            service.all().forEach(operation -> {
                String path = operation.http().uri().replaceAll("\\{[^}]*}", "x");
                HttpRequest request =
                        HttpRequest.of(operation.http().method(), path, Headers.NONE, HttpResponse.NO_BODY);
                Destination found = DIRECTORY.resolveWithin(service, request, request.path());
                if (!(found instanceof Destination.ApiCall call) || call.operation() != operation) {
                    lost.add(operation + " -> " + described(found));
                }
            });
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void labelsAreDecodedOnce() {
        Destination.ApiCall call =
                (Destination.ApiCall) resolve("GET", "/photos/100%2525", "", "Authorization", signedFor("s3"));
        assertThat(call.labels()).isEqualTo(Map.of("Bucket", "photos", "Key", "100%25"));
    }

    @Test
    void aPreflightForABucketOrAnObjectIsNoOperation() {
        assertThat(described(resolve("OPTIONS", "/photos/a%20b.png", "", "Host", "localhost:4566")))
                .isEqualTo("object photos/a b.png");
        assertThat(described(resolve("OPTIONS", "/", "", "Host", "photos.s3.amazonaws.com")))
                .isEqualTo("bucket photos/");
    }
}
