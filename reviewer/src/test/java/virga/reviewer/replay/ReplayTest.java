package virga.reviewer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingSystem;

class ReplayTest {
    private static final Map<Labelled, Verdict> JUDGED = new ConcurrentHashMap<>();

    @TestFactory
    Stream<DynamicTest> labelled() {
        return LabelledPairs.all().stream()
                .map(labelled -> DynamicTest.dynamicTest(labelled.name(), () -> {
                    Judgement judgement = judge(labelled, EnumSet.allOf(Schedule.class));
                    JUDGED.put(labelled, judgement.verdict());
                    assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(labelled.verdict());
                }));
    }

    /** The checker is itself measured. */
    @AfterAll
    static void measure() {
        long right = JUDGED.entrySet().stream()
                .filter(each ->
                        each.getValue().isFault() && each.getKey().verdict().isFault())
                .count();
        long found = JUDGED.values().stream().filter(Verdict::isFault).count();
        long faulty = JUDGED.keySet().stream()
                .filter(each -> each.verdict().isFault())
                .count();
        System.out.printf(
                "replay: %d labelled functions, precision %d/%d, recall %d/%d%n",
                JUDGED.size(), right, found, right, faulty);
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
            system.function("function", labelled.function());
            String id = system.invoke("function", LabelledPairs.EVENT);
            system.replay().judge("default", id, EnumSet.allOf(Schedule.class), 1, step -> {});
            assertThat(system.cloud().environments()).hasSize(1);
            assertThat(system.number("one", "total", "tally")).isEqualTo("5");
        }
    }

    private static Labelled named(String name) {
        return LabelledPairs.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Judgement judge(Labelled labelled, EnumSet<Schedule> schedules) throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            labelled.others().accept(system);
            system.function("function", labelled.function());
            String id = system.invoke("function", LabelledPairs.EVENT);
            return system.replay().judge("default", id, schedules, 1, step -> {});
        }
    }
}
