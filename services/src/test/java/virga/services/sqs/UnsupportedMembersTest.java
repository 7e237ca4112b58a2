package virga.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.SendMessageBatchRequest;
import virga.model.sqs.SendMessageBatchRequestEntry;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

final class UnsupportedMembersTest {
    @Test
    void aMemberThatIsNotDoneIsRefusedByItsPathAndTheSameCallWithoutItPasses() {
        try (TestingCloud cloud = new TestingCloud(new SqsService("http://localhost:4566", SqsLimits.AWS))) {
            String url = cloud.call(
                            Sqs.CREATE_QUEUE,
                            CreateQueueRequest.builder().queueName("orders").build())
                    .queueUrl()
                    .orElseThrow();
            SendMessageRequest plain = SendMessageRequest.builder()
                    .queueUrl(url)
                    .messageBody("one umbrella")
                    .build();
            assertThat(cloud.call(Sqs.SEND_MESSAGE, plain).messageId()).isPresent();
            assertRefused(
                    "sqs:SendMessage.MessageDeduplicationId",
                    () -> cloud.call(
                            Sqs.SEND_MESSAGE,
                            plain.toBuilder().messageDeduplicationId("once").build()));
            SendMessageBatchRequestEntry first = SendMessageBatchRequestEntry.builder()
                    .id("1")
                    .messageBody("x")
                    .build();
            assertRefused(
                    "sqs:SendMessageBatch.Entries[].MessageDeduplicationId",
                    () -> cloud.call(
                            Sqs.SEND_MESSAGE_BATCH,
                            SendMessageBatchRequest.builder()
                                    .queueUrl(url)
                                    .entries(List.of(
                                            first,
                                            first.toBuilder()
                                                    .id("2")
                                                    .messageDeduplicationId("d")
                                                    .build()))
                                    .build()));
        }
    }

    private static void assertRefused(String path, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"))
                .hasMessageContaining(path);
    }
}
