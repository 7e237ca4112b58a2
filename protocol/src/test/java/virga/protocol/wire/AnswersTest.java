package virga.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.model.Structure;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.iam.Iam;
import virga.model.lambda.Lambda;
import virga.model.s3.NoSuchKey;
import virga.model.s3.S3;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.Sqs;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.wire.ServerProtocol.Exchange;

/** What the vectors do not show: the ways of the real services. */
class AnswersTest {
    private static Exchange exchange(ServiceModel service, String method, String path) {
        return new Exchange(service, HttpRequest.of(method, path, Headers.NONE, HttpResponse.NO_BODY), "id-1");
    }

    private static HttpResponse refused(Operation<?, ?> operation, Protocol protocol, Fault fault) {
        Exchange exchange = exchange(operation.service(), "POST", "/photos/cat");
        return ServerProtocol.of(protocol).refuse(fault, Optional.of(operation), exchange);
    }

    private static String text(HttpResponse response) {
        return response.body().readAll().utf8();
    }

    private static HttpResponse answered(Operation<?, ?> operation, Protocol protocol, String json) {
        Structure output = StructureJson.read(Bytes.ofUtf8(json), operation.output());
        return ServerProtocol.of(protocol).answer(operation, output, exchange(operation.service(), "GET", "/"));
    }

    @Test
    void sqsTellsJsonClientsTheOldCodeToo() {
        HttpResponse response = refused(
                Sqs.SEND_MESSAGE, Protocol.AWS_JSON, new QueueDoesNotExist("The specified queue does not exist."));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers().first("x-amzn-query-error"))
                .contains("AWS.SimpleQueueService.NonExistentQueue;Sender");
        assertThat(text(response))
                .isEqualTo(
                        "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"The specified queue does not exist.\"}");
    }

    @Test
    void sqsTellsQueryClientsTheOldCode() {
        HttpResponse response = refused(Sqs.SEND_MESSAGE, Protocol.AWS_QUERY, new QueueDoesNotExist("Gone."));
        assertThat(text(response))
                .contains(
                        "<Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>Gone.</Message>")
                .contains("<RequestId>id-1</RequestId>");
    }

    @Test
    void aPlainFaultWithAnErrorsCodeIsThatError() {
        HttpResponse response =
                refused(Sqs.SEND_MESSAGE, Protocol.AWS_JSON, new Fault("QueueDoesNotExist", 400, "Gone."));
        assertThat(response.headers().first("x-amzn-query-error"))
                .contains("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void dynamoDbsAnswersCarryTheirChecksum() {
        HttpResponse response = refused(
                DynamoDb.GET_ITEM, Protocol.AWS_JSON, new ResourceNotFoundException("Requested resource not found"));
        assertThat(text(response))
                .startsWith("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"");
        var crc = new java.util.zip.CRC32();
        crc.update(response.body().readAll().toArray());
        assertThat(response.headers().first("x-amz-crc32")).contains(Long.toString(crc.getValue()));
    }

    @Test
    void s3sErrorsHaveNoWrapperAndSayMore() {
        HttpResponse response =
                refused(S3.GET_OBJECT, Protocol.REST_XML, new NoSuchKey("The specified key does not exist."));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("x-amz-request-id")).contains("id-1");
        assertThat(text(response))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
                        + "<Message>The specified key does not exist.</Message><Resource>/photos/cat</Resource>"
                        + "<RequestId>id-1</RequestId><HostId>");
    }

    @Test
    void anErrorToAHeadRequestHasNoBody() {
        HttpResponse response = ServerProtocol.of(Protocol.REST_XML)
                .refuse(new Fault("NoSuchKey", 404, "x"), Optional.empty(), exchange(S3.MODEL, "HEAD", "/photos/cat"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).isEmpty();
    }

    @Test
    void s3sDocumentsHaveTheirOwnNames() {
        assertThat(
                        text(
                                answered(
                                        S3.LIST_OBJECTS_V2,
                                        Protocol.REST_XML,
                                        "{\"Name\":\"photos\",\"KeyCount\":1,\"Contents\":[{\"Key\":\"a&b\",\"LastModified\":1255369830}]}")))
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + "<Contents><Key>a&amp;b</Key><LastModified>2009-10-12T17:50:30.000Z</LastModified></Contents>"
                                + "<Name>photos</Name><KeyCount>1</KeyCount></ListBucketResult>");
        assertThat(text(answered(S3.GET_BUCKET_LOCATION, Protocol.REST_XML, "{\"LocationConstraint\":\"eu-west-1\"}")))
                .endsWith(
                        "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>");
    }

    @Test
    void lambdasErrorsAreNamedInAHeader() {
        HttpResponse response = refused(
                Lambda.GET_FUNCTION,
                Protocol.REST_JSON,
                new virga.model.lambda.ResourceNotFoundException("Function not found: x"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().first("x-amzn-ErrorType")).contains("ResourceNotFoundException");
        assertThat(text(response)).contains("\"Message\":\"Function not found: x\"");
    }

    @Test
    void whatVirgaDoesNotDoIsSaidInEveryShape() {
        Fault unsupported = Fault.unsupported("sqs:Fly");
        assertThat(text(refused(Sqs.SEND_MESSAGE, Protocol.AWS_JSON, unsupported)))
                .contains("\"__type\":\"com.amazonaws.sqs#VirgaUnsupported\"")
                .contains("Virga does not support sqs:Fly yet");
        assertThat(text(refused(Iam.GET_ROLE, Protocol.AWS_QUERY, unsupported)))
                .contains("<Type>Receiver</Type><Code>VirgaUnsupported</Code>");
        assertThat(text(refused(S3.GET_OBJECT, Protocol.REST_XML, unsupported)))
                .contains("<Error><Code>VirgaUnsupported</Code>");
        assertThat(refused(Lambda.INVOKE, Protocol.REST_JSON, unsupported).status())
                .isEqualTo(501);
    }

    @Test
    void anOperationThatOnlyHasANameIsRefused() {
        Operation<?, ?> known = Lambda.MODEL.all().stream()
                .filter(operation -> !operation.isModelled())
                .findFirst()
                .orElseThrow();
        HttpRequest request = HttpRequest.of("POST", "/", Headers.NONE, HttpResponse.NO_BODY);
        assertThatThrownBy(() -> ServerProtocol.of(Protocol.REST_JSON).parse(known, Map.of(), request))
                .hasToString(
                        "NotImplemented (501): The operation " + known.name() + " is not implemented by Virga yet");
    }

    @Test
    void sqsTakesTheQueueFromThePathOfAForm() {
        HttpRequest request = HttpRequest.of(
                "POST",
                "/000000000000/jobs",
                Headers.of("Host", "localhost:4566"),
                ByteStream.of(Bytes.ofUtf8("Action=SendMessage&MessageBody=hi+there&MessageAttribute.1.Name=kind"
                        + "&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=a")));
        Structure input = ServerProtocol.of(Protocol.AWS_QUERY).parse(Sqs.SEND_MESSAGE, Map.of(), request);
        assertThat(StructureJson.write(input).utf8())
                .isEqualTo("{\"QueueUrl\":\"http://localhost:4566/000000000000/jobs\",\"MessageBody\":\"hi there\","
                        + "\"MessageAttributes\":{\"kind\":{\"StringValue\":\"a\",\"DataType\":\"String\"}}}");
    }

    @Test
    void s3ReadsUserMetadataInLowerCaseAndXmlBodies() {
        HttpRequest put = HttpRequest.of(
                "PUT", "/photos/cat", Headers.of("X-Amz-Meta-Owner", "Ann"), ByteStream.of(Bytes.ofUtf8("x")));
        Structure input = ServerProtocol.of(Protocol.REST_XML)
                .parse(S3.PUT_OBJECT, Map.of("Bucket", "photos", "Key", "cat"), put);
        assertThat(input.get("Metadata")).contains(Map.of("owner", "Ann"));
        HttpRequest tagging = HttpRequest.of(
                "PUT", "/photos?tagging", Headers.NONE, ByteStream.of(Bytes.ofUtf8("<Tagging><TagSet>")));
        assertThatThrownBy(() -> ServerProtocol.of(Protocol.REST_XML)
                        .parse(S3.PUT_BUCKET_TAGGING, Map.of("Bucket", "photos"), tagging))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("MalformedXML"));
    }
}
