package virga.reviewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.reviewer.replay.Verdict;
import virga.reviewer.rules.Suppressions;
import virga.reviewer.testing.TestingSystem;

class ReviewTest {
    @Test
    void whatAQueueDeliveredIsReplayedAndJudged() throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            system.consumer("ship", (calls, event) -> {
                calls.put("one", calls.uuid());
                return "{}";
            });
            system.call(
                    Sqs.SEND_MESSAGE,
                    SendMessageRequest.builder()
                            .queueUrl("http://127.0.0.1:4566/000000000000/out")
                            .messageBody("{}")
                            .build());
            system.awaitInvocations(1);
            Report report = system.review().of("default", Suppressions.NONE, 1, Duration.ofMinutes(1), step -> {});
            assertThat(report.judgements())
                    .singleElement()
                    .satisfies(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.DUPLICATE_EFFECT));
            assertThat(report.findings()).anySatisfy(finding -> {
                assertThat(finding.rule().number()).isEqualTo(13);
                assertThat(finding.resource()).isEqualTo("ship");
                assertThat(finding.traceId()).isNotEmpty();
            });
            assertThat(report.text()).contains("rule 13, not idempotent: ship", "would be refuted by");
        }
    }

    @Test
    void whatACallerAwaitedIsNotReplayedByItself() throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            system.function("take", (calls, event) -> {
                calls.put("one", calls.uuid());
                return "{}";
            });
            system.invoke("take", "{}");
            assertThat(system.review()
                            .of("default", Suppressions.NONE, 1, Duration.ofMinutes(1), step -> {})
                            .judgements())
                    .isEqualTo(List.of());
        }
    }
}
