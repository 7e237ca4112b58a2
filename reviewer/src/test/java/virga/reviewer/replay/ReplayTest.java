package virga.reviewer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingSystem;

class ReplayTest {
    @TestFactory
    Stream<DynamicTest> labelled() {
        return Stream.concat(LabelledPairs.all().stream(), Adversary.all().stream())
                .map(labelled -> DynamicTest.dynamicTest(labelled.name(), () -> {
                    Judgement judgement = judge(labelled, EnumSet.allOf(Schedule.class));
                    assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(labelled.verdict());
                }));
    }

    @Test
    void aFaultNamesTheEffectThePointAndTheCommandThatShowsItAgain() throws InterruptedException {
        Judgement judgement = judge(named("a row under a generated id"), EnumSet.of(Schedule.DUPLICATE));
        assertThat(judgement.sentence())
                .startsWith("duplicate effect: delivered again after success: item in one: 2 instead of 1");
        assertThat(judgement.command())
                .isEqualTo("virga replay " + judgement.invocationId() + " --schedule a --seed 1");
    }

    @Test
    void aCrashWindowIsInvisibleToPlainDuplicates() throws InterruptedException {
        Labelled labelled = named("marked before publishing");
        assertThat(judge(labelled, EnumSet.of(Schedule.DUPLICATE)).verdict()).isEqualTo(Verdict.SAFE);
        assertThat(judge(labelled, EnumSet.of(Schedule.CRASH))
                        .witness()
                        .orElseThrow()
                        .point())
                .isEqualTo("after effect 1 (dynamodb:PutItem)");
    }

    @Test
    void aReplayLeavesTheEnvironmentAndNoForkBehind() throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            Labelled labelled = named("a counter that adds");
            String id = labelled.run(system);
            system.replay().judge("default", id, EnumSet.allOf(Schedule.class), 1, step -> {});
            assertThat(system.cloud().environments()).hasSize(1);
            assertThat(system.number("one", "total", "tally")).isEqualTo("5");
        }
    }

    @Test
    void aFunctionWithEffectsOutsideIsNotCalledSafe() throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            system.function("outside", (calls, event) -> {
                calls.put("one", "order-1");
                return "{}";
            });
            String id = system.invoke("outside", LabelledPairs.EVENT);
            Judgement judgement = system.replay().judge("default", id, EnumSet.allOf(Schedule.class), 1, step -> {});
            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.sentence()).contains("api.example.com:443", "is not seen");
        }
    }

    @Test
    void aFaultOfALaterStageIsThatStages() throws InterruptedException {
        Judgement judgement = judge(named("a message to a consumer that adds"), EnumSet.of(Schedule.DUPLICATE));
        assertThat(judgement.sentence())
                .startsWith("faulty only in a later stage: delivered again after success: consumer acts on each copy");
        assertThat(virga.reviewer.rules.NotIdempotent.of(judgement)
                        .orElseThrow()
                        .resource())
                .isEqualTo("consumer");
    }

    private static Labelled named(String name) {
        return LabelledPairs.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Judgement judge(Labelled labelled, EnumSet<Schedule> schedules) throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            return system.replay().judge("default", labelled.run(system), schedules, 1, step -> {});
        }
    }
}
