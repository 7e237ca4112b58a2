package virga.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues, events and refusals with the aws CLI. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class CliServicesTest {
    @BeforeEach
    void isHere() {
        Client.AWS_CLI.requireHere();
    }

    @Test
    void anEventReachesTheQueueThatItsRuleNames(Terminal terminal) {
        Aws aws = new Aws(terminal);
        String url = aws.ok("sqs", "create-queue", "--queue-name", "placed", "--query", "QueueUrl", "--output", "text")
                .text();
        String arn = aws.ok(
                        "sqs",
                        "get-queue-attributes",
                        "--queue-url",
                        url,
                        "--attribute-names",
                        "QueueArn",
                        "--query",
                        "Attributes.QueueArn",
                        "--output",
                        "text")
                .text();
        String rule = aws.json("events", "put-rule", "--name", "placed", "--event-pattern", "{\"source\":[\"shop\"]}")
                .get("RuleArn")
                .asText();
        aws.ok(
                "sqs",
                "set-queue-attributes",
                "--queue-url",
                url,
                "--attributes",
                "{\"Policy\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":"
                        + "{\\\"Service\\\":\\\"events.amazonaws.com\\\"},\\\"Action\\\":\\\"sqs:SendMessage\\\",\\\"Resource\\\":\\\""
                        + arn + "\\\",\\\"Condition\\\":{\\\"ArnEquals\\\":{\\\"aws:SourceArn\\\":\\\"" + rule
                        + "\\\"}}}]}\"}");
        aws.ok("events", "put-targets", "--rule", "placed", "--targets", "Id=queue,Arn=" + arn);
        JsonNode put = aws.json(
                "events",
                "put-events",
                "--entries",
                "Source=shop,DetailType=placed,Detail='{\"id\":\"o-1\"}'",
                "Source=stock,DetailType=counted,Detail='{}'");
        assertThat(put.get("FailedEntryCount").asInt()).isZero();

        JsonNode message = aws.json("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "20")
                .at("/Messages/0");
        assertThat(message.get("Body").asText()).contains("\"detail-type\":\"placed\"", "\"detail\":{\"id\":\"o-1\"}");
        aws.ok(
                "sqs",
                "delete-message",
                "--queue-url",
                url,
                "--receipt-handle",
                message.get("ReceiptHandle").asText());
        assertThat(aws.ok(
                                "sqs",
                                "get-queue-attributes",
                                "--queue-url",
                                url,
                                "--attribute-names",
                                "All",
                                "--query",
                                "Attributes.[ApproximateNumberOfMessages,ApproximateNumberOfMessagesNotVisible]",
                                "--output",
                                "text")
                        .text())
                .isEqualTo("0\t0");
    }

    @Test
    void queuesAreListedPageByPage(Terminal terminal) {
        Aws aws = new Aws(terminal);
        for (int number = 0; number < 5; number++) {
            aws.ok("sqs", "create-queue", "--queue-name", "q" + number);
        }
        assertThat(aws.ok(
                                "sqs",
                                "list-queues",
                                "--page-size",
                                "2",
                                "--query",
                                "QueueUrls[?ends_with(@, '3')] | length(@)")
                        .text())
                .isEqualTo("1");
    }

    @Test
    void refusalsAreWordedAsAwsWordsThem(Terminal terminal) {
        Aws aws = new Aws(terminal);
        refused(
                aws.run("lambda", "get-function", "--function-name", "nobody"),
                "An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: "
                        + "arn:aws:lambda:eu-central-1:000000000000:function:nobody");
        refused(
                aws.run("s3", "ls", "s3://nowhere"),
                "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist");
        refused(
                aws.run("sqs", "get-queue-url", "--queue-name", "nowhere"),
                "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: "
                        + "The specified queue does not exist.");
        refused(
                aws.run("cloudformation", "describe-stacks", "--stack-name", "none"),
                "An error occurred (ValidationError) when calling the DescribeStacks operation: "
                        + "Stack with id none does not exist");
        refused(
                aws.run("iam", "get-role", "--role-name", "none"),
                "An error occurred (NoSuchEntity) when calling the GetRole operation: "
                        + "The role with name none cannot be found.");
        refused(
                aws.run("dynamodb", "restore-table-to-point-in-time", "--target-table-name", "copy"),
                "An error occurred (NotImplemented) when calling the RestoreTableToPointInTime operation: "
                        + "The operation RestoreTableToPointInTime is not implemented by Virga yet");
    }

    private static void refused(Terminal.Result result, String words) {
        assertThat(result.exit()).isNotZero();
        assertThat(result.errors().strip()).endsWith(words);
    }
}
