package virga.reviewer.replay;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.cloud.spine.Cloud;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.observe.Records;
import virga.reviewer.replay.Perturbation.Findings;
import virga.store.HistoryGone;

/**
 * Delivers recorded events again and says whether that shows. First undisturbed, twice, to learn what varies from run to run; then under
 * each schedule, each time in a new fork with cold workers; then parts of a batch that shows a fault, to find the smallest. Source of the
 * method: "Flux", OSDI 2023.
 */
public final class Replay {
    private final Cloud cloud;
    private final Function<String, Records> records;
    private final Crash crash;
    private final Settling settling;

    /**
     * @param records of an open environment, by its name
     * @param crash ends the workers of a fork between a crash and the next delivery
     */
    public Replay(Cloud cloud, Function<String, Records> records, Crash crash, Settling settling) {
        this.cloud = cloud;
        this.records = records;
        this.crash = crash;
        this.settling = settling;
    }

    /** As {@link #judge(String, String, ReplayRequest, Consumer)}, with the whole event and all that the schedules have. */
    public Judgement judge(
            String environment, String invocationId, Set<Schedule> schedules, long seed, Consumer<String> progress)
            throws InterruptedException {
        return judge(environment, invocationId, ReplayRequest.of(schedules, seed), progress);
    }

    /**
     * Replays the event of a recorded invocation.
     *
     * @param progress told each step, in words
     * @throws Fault {@code RecordNotFound} where there is no such invocation, {@code InvalidRequest} where the event has no such record
     */
    public Judgement judge(String environment, String invocationId, ReplayRequest request, Consumer<String> progress)
            throws InterruptedException {
        CallRecord invocation = records.apply(environment)
                .read(snapshot -> snapshot.find(invocationId)
                        .filter(record -> record.kind() == CallRecord.Kind.INVOCATION)
                        .orElseThrow(() -> new Fault(
                                "RecordNotFound",
                                404,
                                "There is no invocation " + invocationId + " in " + environment)));
        if (invocation.details().containsKey(Details.INPUT_CUT)) {
            return judgement(
                    invocation,
                    request.seed(),
                    Findings.none(Verdict.INCONCLUSIVE, "the event was too long to be kept whole"),
                    Shrunk.NOT);
        }
        try {
            return judge(invocation, Delivery.of(invocation), request, progress);
        } catch (HistoryGone gone) {
            return judgement(
                    invocation,
                    request.seed(),
                    Findings.none(Verdict.INCONCLUSIVE, "the state before the event is kept no more"),
                    Shrunk.NOT);
        }
    }

    /** Whether someone waited for the answer of a recorded invocation: then nobody but the caller would send it again. */
    public static boolean isAwaited(CallRecord invocation) {
        return Delivery.isAwaited(invocation);
    }

    private Judgement judge(CallRecord invocation, Delivery delivery, ReplayRequest request, Consumer<String> progress)
            throws InterruptedException {
        Findings findings = perturb(delivery, request, progress);
        int size = delivery.records();
        if (!request.records().isEmpty()) {
            Shrunk asked = new Shrunk(request.records(), size, findings.trials());
            return judgement(invocation, request.seed(), findings, asked);
        }
        if (!findings.showsFault() || size < 2) {
            return judgement(invocation, request.seed(), findings, Shrunk.NOT);
        }
        Schedule schedule = findings.trials().stream()
                .filter(trial -> trial.verdict() == findings.verdict())
                .map(Trial::schedule)
                .findFirst()
                .orElseThrow();
        Shrinking shrinking = new Shrinking(size, part -> {
            progress.accept(schedule.words() + ", " + part.size() + " of " + size + " records");
            Findings found = perturb(delivery, request.with(schedule, part), unheard -> {});
            return found.verdict() == findings.verdict() ? found.trials() : List.of();
        });
        return judgement(invocation, request.seed(), findings, shrinking.find());
    }

    private Findings perturb(Delivery whole, ReplayRequest request, Consumer<String> progress)
            throws InterruptedException {
        Instant now =
                cloud.environment(whole.scope().environment()).ports().clock().now();
        return new Perturbation(
                        delivery -> new Fork(cloud, records, delivery, settling), crash, whole.only(request.records()))
                .judge(request, now, progress);
    }

    private static Judgement judgement(CallRecord invocation, long seed, Findings findings, Shrunk shrunk) {
        return new Judgement(
                invocation.id(),
                invocation.cause().traceId(),
                invocation.resources().getFirst(),
                seed,
                findings.verdict(),
                findings.reason(),
                findings.trials(),
                shrunk);
    }
}
