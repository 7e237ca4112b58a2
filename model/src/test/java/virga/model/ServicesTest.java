package virga.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.ServiceModel.Protocol;
import virga.model.Traits.Location;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.ConditionalCheckFailedException;
import virga.model.iam.Iam;
import virga.model.lambda.Lambda;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.model.ssm.Parameter;
import virga.model.sts.Credentials;

/** What protocols and handlers rely on in the services as they are. */
class ServicesTest {
    private static Member member(Schema schema, String name) {
        return schema.member(name).orElseThrow();
    }

    @Test
    void sqsAnswersJsonAndQuery() {
        assertThat(Sqs.MODEL.protocols()).containsExactly(Protocol.AWS_JSON, Protocol.AWS_QUERY);
        assertThat(Sqs.MODEL.jsonVersion()).isEqualTo("1.0");
        assertThat(Sqs.MODEL.targetPrefix()).isEqualTo("AmazonSQS");
        assertThat(Sqs.SEND_MESSAGE.http()).isEqualTo(Operation.HttpBinding.RPC);
        assertThat(Sqs.SEND_MESSAGE.service()).isSameAs(Sqs.MODEL);
        assertThat(Sqs.SEND_MESSAGE).hasToString("sqs:SendMessage");
    }

    @Test
    void sendMessageHasTheNamesOfBothProtocols() {
        Member attributes = member(Sqs.SEND_MESSAGE.input(), "MessageAttributes");
        assertThat(attributes.name()).isEqualTo("MessageAttributes");
        assertThat(attributes.wireName()).isEqualTo("MessageAttribute");
        assertThat(attributes.traits().xml().flattened()).isTrue();
        assertThat(attributes.target().key().wireName()).isEqualTo("Name");
        assertThat(attributes.target().value().wireName()).isEqualTo("Value");
        assertThat(member(Sqs.SEND_MESSAGE.input(), "QueueUrl").traits().required())
                .isTrue();
    }

    @Test
    void sqsErrorsHaveACodeForEachProtocol() {
        ErrorShape shape = Sqs.SEND_MESSAGE.error("QueueDoesNotExist").orElseThrow();
        assertThat(shape).isSameAs(QueueDoesNotExist.SHAPE);
        assertThat(shape.queryCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(shape.status()).isEqualTo(400);
    }

    @Test
    void anErrorOfAQueryServiceHasTheCodeThatClientsSee() {
        ErrorShape shape = Iam.GET_ROLE.error("NoSuchEntity").orElseThrow();
        assertThat(shape.status()).isEqualTo(404);
        assertThat(shape.sender()).isTrue();
    }

    @Test
    void attributeValuesHoldAttributeValues() {
        Member list = member(AttributeValue.SCHEMA, "L");
        assertThat(list.target().element().target()).isSameAs(AttributeValue.SCHEMA);
        AttributeValue nested = AttributeValue.ofM(Map.of("a", AttributeValue.ofL(List.of(AttributeValue.ofN("1")))));
        assertThat(nested.m().get("a").l()).containsExactly(AttributeValue.ofN("1"));
        assertThat(AttributeValue.SCHEMA.type()).isEqualTo(ShapeType.UNION);
    }

    @Test
    void anErrorCarriesItsFurtherMembers() {
        ConditionalCheckFailedException fault = ConditionalCheckFailedException.builder()
                .message("The conditional request failed")
                .item(Map.of("pk", AttributeValue.ofS("x")))
                .build();
        assertThat(fault.item()).containsEntry("pk", AttributeValue.ofS("x"));
        assertThat(fault.content().get("message")).contains("The conditional request failed");
    }

    @Test
    void putObjectIsBoundToItsPlaces() {
        Schema input = S3.PUT_OBJECT.input();
        assertThat(member(input, "Body").traits().location()).isEqualTo(Location.PAYLOAD);
        assertThat(member(input, "Body").traits().streaming()).isTrue();
        assertThat(member(input, "Bucket").traits().location()).isEqualTo(Location.LABEL);
        assertThat(member(input, "ContentType").wireName()).isEqualTo("Content-Type");
        assertThat(member(input, "Metadata").traits().location()).isEqualTo(Location.PREFIX_HEADERS);
        assertThat(member(input, "Metadata").wireName()).isEqualTo("x-amz-meta-");
        assertThat(member(input, "Expires").traits().timestampFormat()).isIn("http-date", "");
        assertThat(S3.PUT_OBJECT.http().uri()).isEqualTo("/{Bucket}/{Key+}");
        PutObjectRequest put = PutObjectRequest.builder()
                .bucket("b")
                .key("k")
                .body(ByteStream.of(Bytes.ofUtf8("x")))
                .build();
        assertThat(put.body().orElseThrow().length()).isEqualTo(1);
    }

    @Test
    void anAnswerOfS3HasTheRootElementThatClientsExpect() {
        assertThat(S3.LIST_OBJECTS_V2.output().traits().locationName()).isEqualTo("ListBucketResult");
        assertThat(member(S3.LIST_OBJECTS_V2.output(), "Contents")
                        .traits()
                        .xml()
                        .flattened())
                .isTrue();
    }

    @Test
    void aResponseStreamOfLambdaIsAStreamOfEvents() {
        Member events = member(Lambda.INVOKE_WITH_RESPONSE_STREAM.output(), "EventStream");
        assertThat(events.traits().eventStream()).isTrue();
        Schema chunk = member(events.target(), "PayloadChunk").target();
        assertThat(member(chunk, "Payload").traits().location()).isEqualTo(Location.PAYLOAD);
    }

    @Test
    void whatIsSensitiveIsNotShown() {
        Credentials credentials = Credentials.builder()
                .accessKeyId("AKIA")
                .secretAccessKey("do-not-show")
                .build();
        assertThat(credentials.toString()).contains("AKIA").doesNotContain("do-not-show");
        assertThat(Parameter.builder().name("p").value("do-not-show").build().toString())
                .doesNotContain("do-not-show");
    }

    @Test
    void anUnknownMemberIsAMistakeOfTheCaller() {
        SendMessageRequest send = SendMessageRequest.builder().build();
        assertThatThrownBy(() -> send.get("Nonsense")).isInstanceOf(IllegalArgumentException.class);
    }
}
