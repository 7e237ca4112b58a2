package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.server.testing.TestingVirga;

final class CommandsTest {
    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static Ended run(String... arguments) {
        return Ended.of(arguments);
    }

    private static String endpoint() {
        return "--endpoint=" + virga.virga().endpoint();
    }

    @Test
    void statusListsTheEnvironments() {
        Ended status = run("status", endpoint());
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains(virga.virga().endpoint()).contains("default");
    }

    @Test
    void whereNothingRunsTheExitCodeIsThree() {
        Ended status = run("status", "--endpoint=http://127.0.0.1:1");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.err()).contains("No Virga answers").contains("./virga up");
    }

    @Test
    void aWrongOptionIsAUsageError() {
        assertThat(run("status", "--nonsense").code()).isEqualTo(2);
    }

    @Test
    void aTemplateIsReviewedWithoutACloudWithFileAndLine(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("template.yaml");
        Files.writeString(template, """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Work:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: work/
                      Handler: index.handler
                      Runtime: nodejs22.x
                      Timeout: 60
                      Events:
                        Queue:
                          Type: SQS
                          Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 1}
                  Queue:
                    Type: AWS::SQS::Queue
                """);
        Ended reviewed = run("review", template.toString());
        assertThat(reviewed.err()).isEmpty();
        assertThat(reviewed.code()).isEqualTo(1);
        assertThat(reviewed.out())
                .contains("ERROR   rule 7", "at " + template + ":14", "see docs/mistakes/visibility-timeout.md");
        Files.writeString(folder.resolve("virga-review.yaml"), "suppressions:\n  - {rule: 7, resource: Queue}\n");
        assertThat(run("review", template.toString()).err())
                .contains("virga-review.yaml:2: the suppression has no reason");
        Files.writeString(
                folder.resolve("virga-review.yaml"),
                "suppressions:\n  - {rule: 7, resource: Queue, reason: a test, until: 9999-01-01}\n");
        assertThat(run("review", template.toString()).code()).isZero();
    }

    @Test
    void anEnvironmentIsMadeForkedAndDeleted() {
        assertThat(run("env", "create", "shop", endpoint()).code()).isZero();
        assertThat(run("env", "fork", "shop", "shop-copy", endpoint()).code()).isZero();
        assertThat(run("env", "list", endpoint()).out()).contains("shop-copy");
        assertThat(run("env", "delete", "shop-copy", endpoint()).code()).isZero();
        assertThat(run("env", "list", endpoint()).out()).doesNotContain("shop-copy");
        assertThat(run("env", "delete", "shop-copy", endpoint()).code()).isEqualTo(1);
    }

    @Test
    void aForkHasTheStateOfItsOrigin() {
        String origin = virga.environment();
        try (SqsClient sqs = virga.client(SqsClient.builder(), virga.key(origin))) {
            sqs.createQueue(request -> request.queueName("inherited"));
        }
        assertThat(run("env", "fork", origin, origin + "-fork", endpoint()).code())
                .isZero();
        try (SqsClient sqs = virga.client(SqsClient.builder(), virga.key(origin + "-fork"))) {
            assertThat(sqs.listQueues().queueUrls()).hasSize(1);
        }
    }

    @Test
    void theClockIsMovedAhead() {
        String environment = virga.environment();
        assertThat(run("clock", "freeze", endpoint(), "-e", environment).out()).contains("stands still");
        var before =
                virga.virga().cloud().environment(environment).ports().clock().now();
        assertThat(run("clock", "advance", "2h", endpoint(), "-e", environment).code())
                .isZero();
        assertThat(virga.virga()
                        .cloud()
                        .environment(environment)
                        .ports()
                        .clock()
                        .now())
                .isEqualTo(before.plusSeconds(7200));
    }

    @Test
    void aTraceIsDrawn() {
        String environment = virga.environment();
        try (SqsClient sqs = virga.client(SqsClient.builder(), virga.key(environment))) {
            sqs.createQueue(request -> request.queueName("drawn"));
        }
        Ended trace = run("trace", "--last", endpoint(), "-e", environment);
        assertThat(trace.code()).isZero();
        assertThat(trace.out()).contains("CreateQueue");
    }

    @Test
    void downIsAnsweredBeforeTheCloudEnds() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            try (TestingVirga own = new TestingVirga()) {
                Thread ending = Thread.ofVirtual().start(() -> {
                    try {
                        own.virga().awaitStop();
                        own.virga().close();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                Ended down = run("down", "--endpoint=" + own.virga().endpoint());
                assertThat(down.err()).isEmpty();
                assertThat(down.code()).isZero();
                ending.join();
            }
        }
    }
}
