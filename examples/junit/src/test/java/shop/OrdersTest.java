package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import virga.junit.Deploy;
import virga.junit.DeployedStack;
import virga.junit.VirgaEnvironment;
import virga.junit.VirgaTest;

/** Our service against the stack that we deploy. Every test has an AWS of its own, and all run in parallel. */
@VirgaTest
@Deploy("template.yaml")
class OrdersTest {
    private Orders orders;

    @BeforeEach
    void setUp(DynamoDbClient dynamoDb, SqsClient sqs, DeployedStack stack) {
        orders = new Orders(dynamoDb, sqs, stack.resource("Orders"), stack.resource("Placed"));
    }

    @Test
    void anOrderIsKept(DynamoDbClient dynamoDb, DeployedStack stack) {
        assertThat(orders.place("o-1", "umbrella")).isTrue();
        assertThat(dynamoDb.scan(scan -> scan.tableName(stack.resource("Orders"))).items())
                .singleElement()
                .satisfies(item -> assertThat(item.get("product").s()).isEqualTo("umbrella"));
    }

    @Test
    void theSameOrderIsPlacedOnce() {
        assertThat(orders.place("o-1", "umbrella")).isTrue();
        assertThat(orders.place("o-1", "umbrella")).isFalse();
    }

    /** What we wait an hour for on AWS takes no time here. */
    @Test
    void aMessageThatIsNotDeletedComesAgain(SqsClient sqs, VirgaEnvironment environment) {
        String url = sqs.createQueue(queue -> queue.queueName("returns")).queueUrl();
        sqs.sendMessage(message -> message.queueUrl(url).messageBody("o-1"));
        sqs.receiveMessage(receive -> receive.queueUrl(url).visibilityTimeout(3600));
        environment.clock().advance(Duration.ofHours(1));
        List<Message> again = sqs.receiveMessage(receive -> receive.queueUrl(url)).messages();
        assertThat(again).extracting(Message::body).containsExactly("o-1");
    }
}
