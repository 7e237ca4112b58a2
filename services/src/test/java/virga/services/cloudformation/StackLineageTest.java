package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.CallRecord;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;

final class StackLineageTest {
    @Test
    void whatAStackOperationMakesIsCausedByTheRecordOfTheCallThatBeganIt() {
        try (TestingCloud cloud = new TestingCloud(
                new CloudFormationService(Duration.ZERO), new SqsService("http://127.0.0.1:4566", SqsLimits.AWS))) {
            TestingStacks stacks = new TestingStacks(cloud);
            stacks.create("shop", "Resources: {Orders: {Type: 'AWS::SQS::Queue'}}");
            stacks.delete("shop");

            assertThat(parentOf(cloud, "CreateQueue")).isEqualTo(only(cloud, "CreateStack"));
            assertThat(parentOf(cloud, "DeleteQueue")).isEqualTo(only(cloud, "DeleteStack"));
        }
    }

    private static String parentOf(TestingCloud cloud, String operation) {
        return find(cloud, operation).cause().parentId();
    }

    private static String only(TestingCloud cloud, String operation) {
        return find(cloud, operation).id();
    }

    private static CallRecord find(TestingCloud cloud, String operation) {
        List<CallRecord> found = cloud.records().stream()
                .filter(record -> record.operation().equals(operation))
                .toList();
        assertThat(found).as(operation).hasSize(1);
        return found.getFirst();
    }
}
