package virga.reviewer.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Ports;
import virga.kernel.Signals;
import virga.model.Operation;

/**
 * Holds each of two copies of an event at each of its changing calls until the other one arrives there too, or is done, so that what both
 * have read before is read before either writes: the worst order that two copies at once can meet.
 */
final class MeetingWeather implements Weather {
    private static final String SIGNAL = "reviewer/meeting";
    /** Two that wait for each other in some other way must get on. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Set<String> traceIds;
    private final Ports ports;
    private final Map<String, Integer> arrived = new HashMap<>();
    private final Set<String> done = new HashSet<>();

    MeetingWeather(Set<String> traceIds, Ports ports) {
        this.traceIds = Set.copyOf(traceIds);
        this.ports = ports;
    }

    /** The copy of this trace has ended: nobody waits for it any more. */
    void done(String traceId) {
        synchronized (this) {
            done.add(traceId);
        }
        ports.signals().raise(SIGNAL);
    }

    @Override
    public Optional<Fault> strike(Call call, Operation<?, ?> operation) {
        boolean concerned = traceIds.contains(call.cause().traceId())
                && call.cause().via().equals("invocation")
                && Changing.is(operation.service().name(), operation.name());
        if (concerned) {
            try (Signals.Listener listener = ports.signals().listen(SIGNAL)) {
                String trace = call.cause().traceId();
                int step = arrive(trace);
                ports.signals().raise(SIGNAL);
                Instant latest = ports.clock().now().plus(LONGEST);
                while (isAhead(trace, step) && ports.clock().now().isBefore(latest)) {
                    listener.await(latest);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }

    private synchronized int arrive(String traceId) {
        return arrived.merge(traceId, 1, Integer::sum);
    }

    private synchronized boolean isAhead(String traceId, int step) {
        return traceIds.stream()
                .anyMatch(other ->
                        !other.equals(traceId) && !done.contains(other) && arrived.getOrDefault(other, 0) < step);
    }
}
