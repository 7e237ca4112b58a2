package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GapsTest {
    private static final String TEMPLATE = """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Handle:
                Type: AWS::Serverless::Function
                Properties: {CodeUri: src/, Runtime: python3.13, Handler: app.handler, VpcConfig: {SubnetIds: [a]}}
              Schema:
                Type: AWS::Serverless::GraphQLApi
              Alarms:
                Type: AWS::SNS::Topic
              More:
                Type: AWS::SNS::Topic
              Orders:
                Type: AWS::SQS::Queue
                Properties: {FifoQueue: true, ContentBasedDeduplication: true}
            """;

    @TempDir
    private Path folder;

    private String file(String template) throws IOException {
        return Files.writeString(folder.resolve("template.yaml"), template).toString();
    }

    @Test
    void everythingThatIsNotDoneIsListedOnceWithWhoAsksIt() throws IOException {
        String file = file(TEMPLATE);

        Ended ended = Ended.of("gaps", file);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEqualTo("""
                Virga does not do yet, of what %s asks:
                  ! AWS::Lambda::Function/VpcConfig            Handle
                  ! AWS::SNS::Topic                            Alarms, More
                  ! AWS::SQS::Queue/ContentBasedDeduplication  Orders
                  ! AWS::SQS::Queue/FifoQueue                  Orders
                  ! AWS::Serverless::GraphQLApi                Schema
                """.formatted(file));
    }

    @Test
    void machinesGetALineForEach() throws IOException {
        Ended ended = Ended.of("gaps", file(TEMPLATE), "--json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines())
                .extracting(gap ->
                        gap.path("path").asText() + " " + gap.path("logicalId").asText())
                .containsExactly(
                        "AWS::Serverless::GraphQLApi Schema",
                        "AWS::SNS::Topic Alarms",
                        "AWS::SNS::Topic More",
                        "AWS::SQS::Queue/FifoQueue Orders",
                        "AWS::SQS::Queue/ContentBasedDeduplication Orders",
                        "AWS::Lambda::Function/VpcConfig Handle");
    }

    @Test
    void aTemplateThatAsksNothingMoreIsSaidToBeDone() throws IOException {
        String file = file("Resources: {Q: {Type: AWS::SQS::Queue}}");

        Ended ended = Ended.of("gaps", file);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("✓ Virga does everything that " + file + " asks" + System.lineSeparator());
    }

    @Test
    void whatAwsWouldNotTakeIsAnErrorAndNoGap() throws IOException {
        Ended ended = Ended.of("gaps", file("Resources: {Q: {Type: AWS::SQS::Quue}}"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("Unrecognized resource types: [AWS::SQS::Quue]");
    }
}
