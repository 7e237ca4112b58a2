package virga.reviewer.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import virga.cloud.StaleReads;
import virga.cloud.Weather;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.lambda.EventSourceMappingConfiguration;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.InvocationResponse;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListEventSourceMappingsRequest;
import virga.observe.Records;

/** The state that an event met, in an environment of its own with cold workers, to deliver the event in. Close it to remove it. */
final class Fork implements AutoCloseable {
    private static final Duration LAG = Duration.ofMinutes(1);
    private static final Duration DUPLICATE = Duration.ofSeconds(1);
    private static final Duration BEYOND_TIMEOUT = Duration.ofMillis(500);
    /** As a power of two, in seconds. */
    private static final int LONGEST_STEP = 6;

    private final Cloud cloud;
    private final LiveEnvironment environment;
    private final Records records;
    private final Delivery delivery;
    private final Settling settling;
    private final Drain drain;
    private final List<String> traces = new ArrayList<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    /** Beyond each wait of a second or more. */
    private Duration leap = Duration.ZERO;

    /** @throws virga.store.HistoryGone where the state is kept no more */
    Fork(Cloud cloud, Function<String, Records> records, Delivery delivery, Settling settling) {
        LiveEnvironment source = cloud.environment(delivery.scope().environment());
        Set<String> own = ownMappings(source, delivery);
        String name = "replay-" + source.ports().ids().alphanumeric(12);
        this.cloud = cloud;
        this.environment = cloud.forkAt(source.name(), name, delivery.sequence(), poller -> !own.contains(poller));
        // A replay needs its time to pass, even where that of its source stands still.
        environment.ports().clock().resume();
        this.records = records.apply(name);
        this.delivery = delivery;
        this.settling = settling;
        this.drain = new Drain(environment, scope());
    }

    private Scope scope() {
        return new Scope(
                environment.name(), delivery.scope().account(), delivery.scope().region());
    }

    /** The mappings that would deliver the very event of the replay once more from the copied queue or stream. */
    private static Set<String> ownMappings(LiveEnvironment source, Delivery delivery) {
        Set<String> own = new TreeSet<>();
        for (EventSourceMappingConfiguration mapping : mappings(source, delivery.scope())) {
            if (mapping.eventSourceArn().filter(delivery.origin()::equals).isPresent()
                    && mapping.functionArn()
                            .filter(delivery.functionArn()::startsWith)
                            .isPresent()) {
                own.add(mapping.uuid().orElseThrow());
            }
        }
        return own;
    }

    static List<EventSourceMappingConfiguration> mappings(LiveEnvironment environment, Scope scope) {
        return environment
                .call(
                        EffectReader.reading(environment, scope).counted(),
                        Lambda.LIST_EVENT_SOURCE_MAPPINGS,
                        ListEventSourceMappingsRequest.builder().build())
                .eventSourceMappings();
    }

    Ports ports() {
        return environment.ports();
    }

    String name() {
        return environment.name();
    }

    void weather(Weather weather) {
        environment.weather(weather);
    }

    /** Lets reads of these resources lag behind writes, until what was delivered waits for a second or more. */
    void lag(Predicate<String> resources) {
        // Functions start cold here, which takes longer than it would on AWS: only waiting lets replicas catch up.
        weather(new StaleReads(resources, LAG));
        leap = LAG;
    }

    /** A new lineage of this fork: what is delivered in it counts. */
    String newTrace() {
        String trace = environment.ports().ids().traceId();
        traces.add(trace);
        return trace;
    }

    /** Delivers the event, one time more, and waits for the answer. */
    Answer deliver(String traceId) {
        return deliver(traceId, deliveries.incrementAndGet());
    }

    /**
     * Delivers the event and waits for the answer. The account's root does it: no policy needs to allow a replay.
     *
     * @param time of how many deliveries this is one
     */
    Answer deliver(String traceId, int time) {
        Call call =
                environment.newCall(scope(), new Principal.Root(delivery.scope().account()), Cause.root(traceId));
        InvocationRequest request = InvocationRequest.builder()
                .functionName(delivery.functionArn())
                .payload(delivery.at(time))
                .build();
        try {
            InvocationResponse response = environment.call(call, Lambda.INVOKE, request);
            String payload = response.payload().map(virga.kernel.Bytes::utf8).orElse("");
            return new Answer(response.functionError().isEmpty(), StructureJson.text(payload));
        } catch (Fault refused) {
            return new Answer(false, StructureJson.text(refused.toString()));
        }
    }

    /**
     * Waits until nothing follows from what was delivered any more. Where that waits for time to pass, a retry or a delayed message, this
     * environment's time is moved on.
     *
     * @return false where that does not come to an end
     */
    boolean settle() throws InterruptedException {
        Duration passed = Duration.ZERO;
        for (int jumps = 0; rest(); jumps++) {
            Optional<Duration> waiting = waiting(jumps);
            if (waiting.isEmpty()) {
                return true;
            }
            passed = passed.plus(waiting.get());
            if (passed.compareTo(settling.horizon()) > 0) {
                return false;
            }
            advance(waiting.get());
        }
        return false;
    }

    /** Lets the time pass after which a copy may come that nobody waits for. */
    void awaitDuplicate() throws InterruptedException {
        if (!settling.ownClocks().isZero()) {
            ports().clock().sleep(DUPLICATE);
        }
        advance(DUPLICATE);
    }

    /**
     * Lets the time pass after which AWS delivers again what was not handled.
     *
     * @param attempt the delivery that failed, from 1
     */
    void awaitRedelivery(int attempt) throws InterruptedException {
        if (attempt > 1) {
            Duration expiry = delivery.timeout().plus(BEYOND_TIMEOUT);
            ports().clock().sleep(expiry.compareTo(settling.ownClocks()) > 0 ? settling.ownClocks() : expiry);
        }
        advance(Redelivery.after(attempt, delivery, environment, scope()));
    }

    private void advance(Duration duration) {
        boolean catchesUp = duration.compareTo(Duration.ofSeconds(1)) >= 0;
        ports().clock().advance(catchesUp ? duration.plus(leap) : duration);
    }

    /** Waits until nothing moves that the lineage may have to do with; false where the patience ended first. */
    private boolean rest() throws InterruptedException {
        long latest = ports().clock().nanos() + settling.patience().toNanos();
        while (ports().clock().nanos() < latest) {
            if (!environment.moving(source -> false).isEmpty()) {
                ports().clock().sleep(settling.pause());
                continue;
            }
            Set<String> reached = lineage().stream()
                    .flatMap(record -> record.resources().stream())
                    .collect(Collectors.toSet());
            if (environment.moving(source -> isAmong(reached, source)).isEmpty()) {
                return true;
            }
            ports().clock().sleep(settling.pause());
        }
        return false;
    }

    /** A table's stream belongs to the table. */
    private static boolean isAmong(Set<String> reached, String source) {
        int stream = source.indexOf("/stream/");
        return reached.contains(stream < 0 ? source : source.substring(0, stream));
    }

    /** How long until something that follows from the deliveries goes on by itself; empty where nothing does. */
    private Optional<Duration> waiting(int jumps) {
        Optional<Duration> known = environment
                .nextDue(cause -> traces.contains(cause.traceId()))
                .map(due -> Duration.between(ports().clock().now(), due))
                .map(left -> left.isPositive() ? left : Duration.ofMillis(1));
        // A queue does not tell until when it keeps a message back.
        return known.isPresent() || drain.isEmpty(lineage())
                ? known
                : Optional.of(Duration.ofSeconds(1L << Math.min(jumps, LONGEST_STEP)));
    }

    /** Everything that followed from what was delivered here, complete, in order. */
    List<CallRecord> lineage() {
        return records.read(snapshot -> {
            Map<String, CallRecord> found = new LinkedHashMap<>();
            for (String trace : traces) {
                snapshot.ofTrace(trace).forEach(record -> found.put(record.id() + record.startedAt(), record));
            }
            return found.values().stream().map(snapshot::complete).toList();
        });
    }

    List<Effect> effects() {
        return new EffectReader(environment, cloud.registry().models()).read(lineage());
    }

    /** Where functions connected to outside Virga: what they did there is not seen. */
    SortedSet<String> outside() {
        return lineage().stream()
                .flatMap(record -> Stream.of(record.details()
                        .getOrDefault(Details.OUTSIDE_CONNECTIONS, "")
                        .split(",")))
                .filter(address -> !address.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The changing calls that the delivered invocations made themselves, in order. */
    List<String> changingCalls() {
        List<CallRecord> lineage = lineage();
        Set<String> delivered = lineage.stream()
                .filter(record ->
                        record.kind() == CallRecord.Kind.CALL && record.cause().isRoot())
                .map(CallRecord::id)
                .collect(Collectors.toSet());
        Set<String> invocations = lineage.stream()
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION
                        && delivered.contains(record.cause().parentId()))
                .map(CallRecord::id)
                .collect(Collectors.toSet());
        return lineage.stream()
                .filter(record -> Changing.is(record)
                        && invocations.contains(record.cause().parentId()))
                .map(record -> record.service() + ":" + record.operation())
                .toList();
    }

    /** The tables that the lineage has written to, by their ARNs. */
    SortedSet<String> writtenTables() {
        return lineage().stream()
                .filter(record -> Changing.is(record) && record.service().equals("dynamodb"))
                .flatMap(record -> record.resources().stream())
                .filter(resource -> !resource.contains("/index/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        cloud.delete(environment.name());
    }
}
