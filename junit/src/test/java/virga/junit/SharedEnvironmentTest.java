package virga.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

@SharedEnvironment
final class SharedEnvironmentTest {
    @RegisterExtension
    static final VirgaExtension VIRGA = new VirgaExtension();

    @BeforeAll
    static void prepare(SqsClient sqs) {
        sqs.createQueue(queue -> queue.queueName("prepared"));
    }

    @Test
    void everyTestSeesWhatTheClassMade(SqsClient sqs) {
        assertThat(sqs.listQueues().queueUrls()).hasSize(1);
    }

    @Nested
    final class InANestedClass {
        @Test
        void theEnvironmentIsTheSame(SqsClient sqs) {
            assertThat(sqs.listQueues().queueUrls()).hasSize(1);
        }
    }
}
