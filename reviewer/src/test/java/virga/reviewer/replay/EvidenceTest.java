package virga.reviewer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.Fault;
import virga.reviewer.replay.LabelledPairs.Labelled;
import virga.reviewer.testing.TestingSystem;

/** What a judgement says of what it saw, and that what it says can be done again. */
class EvidenceTest {
    @Test
    void aBatchIsShrunkToTheRecordThatShowsTheFault() throws InterruptedException {
        Judgement judgement = judge("a batch with one order that adds", Schedule.DUPLICATE);
        assertThat(judgement.shrunk().records()).containsExactly(4);
        assertThat(judgement.sentence())
                .startsWith("duplicate effect: delivered again after success, with record 4 of 5 alone: item in one");
        assertThat(judgement.witness().orElseThrow().differences()).hasSize(1);
    }

    @Test
    void aFaultThatTakesTwoRecordsIsShrunkToTwo() throws InterruptedException {
        Judgement judgement = judge("a batch that stops at what it has seen", Schedule.CRASH);
        assertThat(judgement.shrunk().records()).hasSize(2);
        assertThat(judgement.sentence()).contains("with records ", " of 5 alone");
    }

    @Test
    void onlyTwoCopiesAtOnceShowALookBeforeATransaction() throws InterruptedException {
        String name = "the same after a harmless write";
        assertThat(judge(name, Schedule.DUPLICATE).verdict()).isEqualTo(Verdict.SAFE);
        assertThat(judge(name, Schedule.CRASH).verdict()).isEqualTo(Verdict.SAFE);
        assertThat(judge(name, Schedule.AT_ONCE).verdict()).isEqualTo(Verdict.DUPLICATE_EFFECT);
    }

    @Test
    void whatAColdWorkerDoesNotShowAWarmOneDoes() throws InterruptedException {
        Judgement judgement = judge("a list in memory that grows from event to event", Schedule.DUPLICATE);
        assertThat(judgement.witness().orElseThrow().at()).isEqualTo(Point.WARM);
    }

    @Test
    void theTableWhoseReadsLagIsNamed() throws InterruptedException {
        assertThat(judge("reads what it has just written", Schedule.STALE).sentence())
                .startsWith("lost effect: delivered once, reads lag behind writes, reads of one: item in two");
    }

    @Test
    void aLaterStageThatMakesItSafeIsNamed() throws InterruptedException {
        assertThat(judge("a message to a consumer that recognises it", Schedule.DUPLICATE)
                        .sentence())
                .startsWith("safe thanks to a later stage: delivered again after success: ")
                .endsWith("consumer acts once all the same");
    }

    /** The command in each finding does what it says: one run, which shows the same again. */
    @TestFactory
    Stream<DynamicTest> theCommandRepeatsTheVeryRun() {
        return Stream.of(
                        "a row under a generated id",
                        "marked before publishing",
                        "the same after a harmless write",
                        "a list in memory that grows from event to event",
                        "a batch with one order that adds",
                        "a batch that stops at what it has seen",
                        "a lease of an hour",
                        "reads what it has just written")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    try (TestingSystem system = new TestingSystem()) {
                        String id = named(name).run(system);
                        Judgement judgement =
                                system.replay().judge("default", id, EnumSet.allOf(Schedule.class), 1, step -> {});
                        Judgement again =
                                system.replay().judge("default", id, asked(judgement.command(), id), step -> {});
                        assertThat(again.trials()).hasSize(1);
                        assertThat(again.sentence()).isEqualTo(judgement.sentence());
                        assertThat(again.command()).isEqualTo(judgement.command());
                    }
                }));
    }

    @Test
    void whatCannotBeDoneIsRefused() throws InterruptedException {
        try (TestingSystem system = new TestingSystem()) {
            String id = named("a batch with one order that adds").run(system);
            assertThatThrownBy(() -> new ReplayRequest(EnumSet.allOf(Schedule.class), 1, "after-1", List.of()))
                    .isInstanceOf(Fault.class);
            ReplayRequest beyond = new ReplayRequest(Set.of(Schedule.DUPLICATE), 1, "", List.of(6));
            assertThatThrownBy(() -> system.replay().judge("default", id, beyond, step -> {}))
                    .hasMessageContaining("no record 6; it has 5");
            ReplayRequest never = new ReplayRequest(Set.of(Schedule.CRASH), 1, "after-99", List.of());
            assertThat(system.replay().judge("default", id, never, step -> {}).sentence())
                    .isEqualTo("inconclusive: nothing was tried: the event never came to what was asked for");
        }
    }

    private static ReplayRequest asked(String command, String id) {
        List<String> words = List.of(command.split(" "));
        assertThat(words).startsWith("virga", "replay", id);
        return new ReplayRequest(
                Set.of(Schedule.of(option(words, "--schedule")).orElseThrow()),
                Long.parseLong(option(words, "--seed")),
                option(words, "--point"),
                Stream.of(option(words, "--records").split(","))
                        .filter(position -> !position.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
    }

    private static String option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 ? "" : words.get(at + 1);
    }

    private static Judgement judge(String name, Schedule schedule) throws InterruptedException {
        return ReplayTest.judge(named(name), EnumSet.of(schedule));
    }

    private static Labelled named(String name) {
        return Stream.concat(LabelledPairs.all().stream(), Adversary.all().stream())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
