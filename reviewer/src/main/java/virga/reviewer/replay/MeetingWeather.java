package virga.reviewer.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Ports;
import virga.kernel.Signals;
import virga.model.Operation;

/**
 * Holds each of two copies of an event at its first changing call until the other one arrives there too, so that what both have read
 * is read before either writes: the worst order that two copies at once can meet.
 */
final class MeetingWeather implements Weather {
    private static final String SIGNAL = "reviewer/meeting";
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Set<String> traceIds;
    private final Ports ports;
    private final Set<String> arrived = new HashSet<>();

    MeetingWeather(Set<String> traceIds, Ports ports) {
        this.traceIds = Set.copyOf(traceIds);
        this.ports = ports;
    }

    @Override
    public Optional<Fault> strike(Call call, Operation<?, ?> operation) {
        boolean concerned = traceIds.contains(call.cause().traceId())
                && call.cause().via().equals("invocation")
                && Changing.is(operation.service().name(), operation.name());
        if (!concerned) {
            return Optional.empty();
        }
        try (Signals.Listener listener = ports.signals().listen(SIGNAL)) {
            boolean waits;
            synchronized (this) {
                boolean first = arrived.add(call.cause().traceId());
                waits = first && arrived.size() < traceIds.size();
            }
            if (waits) {
                Instant latest = ports.clock().now().plus(LONGEST);
                listener.await(latest);
            } else {
                ports.signals().raise(SIGNAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public Optional<Fault> loseAnswer(Call call, Operation<?, ?> operation) {
        return Optional.empty();
    }

    @Override
    public Duration delay(Call call, Operation<?, ?> operation) {
        return Duration.ZERO;
    }

    @Override
    public boolean duplicates(String source) {
        return false;
    }

    @Override
    public boolean stale(String resource) {
        return false;
    }
}
