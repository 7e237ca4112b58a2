package virga.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import virga.cloud.Settings;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.lambda.EventSourceMappingConfiguration;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListEventSourceMappingsRequest;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.GetQueueUrlRequest;
import virga.model.sqs.Sqs;

/**
 * Waits until nothing moves in an environment that does not wait for time to pass: no call, no outbox row, no invocation, and no message
 * that a function could take. What a stream's reader has yet to fetch, or a message in hand, cannot be told from one that waits for
 * its timeout by looking once: where there are any, nothing new may happen for longer than a reader pauses.
 */
final class Rest {
    private static final String VISIBLE = "ApproximateNumberOfMessages";
    private static final String IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Readers of streams look four times a second. */
    private static final Duration QUIET = Duration.ofMillis(600);

    private final LiveEnvironment environment;
    private final Records records;
    private final IntSupplier invocations;
    private final Clock wall;

    /**
     * @param invocations how many events functions have in hand
     * @param wall the environment's own clock may stand still
     */
    Rest(LiveEnvironment environment, Records records, IntSupplier invocations, Clock wall) {
        this.environment = environment;
        this.records = records;
        this.invocations = invocations;
        this.wall = wall;
    }

    /** What one look shows. @param moving what certainly moves, in words. @param unsure whether only quiet can tell */
    private record Look(List<String> moving, boolean unsure) {}

    /** What still moves after {@code patience}, in words; empty where all is at rest. */
    List<String> await(Duration patience) throws InterruptedException {
        Instant latest = wall.now().plus(patience);
        Instant quietSince = wall.now();
        long seen = -1;
        while (true) {
            Look look = look();
            long total = records.total();
            Instant now = wall.now();
            if (!look.moving().isEmpty() || total != seen) {
                quietSince = now;
            } else if (!look.unsure() || !now.isBefore(quietSince.plus(QUIET))) {
                return List.of();
            }
            seen = total;
            if (now.isAfter(latest)) {
                return look.moving().isEmpty() ? List.of("something new keeps happening") : look.moving();
            }
            wall.sleep(PAUSE);
        }
    }

    private Look look() {
        List<String> moving = new ArrayList<>();
        boolean unsure = false;
        TreeSet<String> queues = new TreeSet<>();
        for (EventSourceMappingConfiguration mapping : mappings()) {
            String source = mapping.eventSourceArn().orElse("");
            if (!mapping.state().orElse("").equals("Enabled")) {
                continue;
            }
            if (source.startsWith("arn:aws:sqs:")) {
                queues.add(source);
            } else {
                unsure = true;
            }
        }
        for (String queue : queues) {
            Map<String, String> counts = counts(queue);
            if (!counts.getOrDefault(VISIBLE, "0").equals("0")) {
                moving.add(counts.get(VISIBLE) + " messages in "
                        + Arn.parse(queue).resource() + " that a function is to take");
            }
            unsure |= !counts.getOrDefault(IN_FLIGHT, "0").equals("0");
        }
        // Last, so that what left a queue meanwhile is seen under way.
        if (!environment.settled()) {
            moving.add("calls or deliveries under way");
        }
        if (invocations.getAsInt() > 0) {
            moving.add("functions that have an event in hand");
        }
        return new Look(moving, unsure);
    }

    private List<EventSourceMappingConfiguration> mappings() {
        return environment
                .call(
                        call(),
                        Lambda.LIST_EVENT_SOURCE_MAPPINGS,
                        ListEventSourceMappingsRequest.builder().build())
                .eventSourceMappings();
    }

    private Map<String, String> counts(String queue) {
        try {
            String url = environment
                    .call(
                            call(),
                            Sqs.GET_QUEUE_URL,
                            GetQueueUrlRequest.builder()
                                    .queueName(Arn.parse(queue).resource())
                                    .build())
                    .queueUrl()
                    .orElseThrow();
            return environment
                    .call(
                            call(),
                            Sqs.GET_QUEUE_ATTRIBUTES,
                            GetQueueAttributesRequest.builder()
                                    .queueUrl(url)
                                    .attributeNames(List.of(VISIBLE, IN_FLIGHT))
                                    .build())
                    .attributes();
        } catch (Fault queueGone) {
            return Map.of();
        }
    }

    private Call call() {
        Settings settings = environment.settings();
        return environment
                .newCall(
                        new Scope(environment.name(), settings.accountId(), settings.region()),
                        new Principal.Root(settings.accountId()),
                        Cause.root(environment.ports().ids().traceId()))
                .counted();
    }
}
