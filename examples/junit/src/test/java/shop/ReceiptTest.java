package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.junit.Deploy;
import virga.junit.DeployedStack;
import virga.junit.VirgaEnvironment;
import virga.junit.VirgaTest;

/** The deployed function runs for real; Node.js must be there. */
@VirgaTest
@Deploy("template.yaml")
class ReceiptTest {
    @BeforeAll
    static void nodeIsThere() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, "node").canExecute()),
                "node is not installed");
    }

    @Test
    void everyOrderGetsAReceipt(
            DynamoDbClient dynamoDb, SqsClient sqs, DeployedStack stack, VirgaEnvironment environment) {
        new Orders(dynamoDb, sqs, stack.resource("Orders"), stack.resource("Placed")).place("o-7", "kite");
        environment.settle();
        assertThat(environment.lastTrace().functions()).containsExactly(stack.resource("Receipt"));
        assertThat(environment.lastTrace().toString()).contains("receipt for order o-7");
    }
}
