package virga.cloud.spine;

import static virga.store.Part.text;
import static virga.store.Part.time;

import java.time.Duration;
import java.time.Instant;
import virga.cloud.Settings;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.MovableClock;
import virga.kernel.Scope;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** What the spine itself keeps in an environment's store. */
final class SpineKeys {
    /** Outbox and timers alike: what is to be done, in order of time. */
    static final KeySpace TASK = KeySpace.of("cloud/task", time("due"), text("id"));
    /** Where the row of a timer stands, so that it can be found by its name. */
    static final KeySpace TIMER = KeySpace.of("cloud/timer", text("kind"), text("account"), text("region"), text("id"));

    static final KeySpace POLLER =
            KeySpace.of("cloud/poller", text("kind"), text("account"), text("region"), text("id"));
    static final KeySpace ROOT_KEY = KeySpace.of("cloud/root-key");
    static final KeySpace ENVIRONMENT = KeySpace.of("cloud/environment");

    static final Codec<TaskRow> TASK_ROW = RecordCodec.of(TaskRow.class);
    static final Codec<TimerRow> TIMER_ROW = RecordCodec.of(TimerRow.class);
    static final Codec<PollerRow> POLLER_ROW = RecordCodec.of(PollerRow.class);
    static final Codec<EnvironmentRow> ENVIRONMENT_ROW = RecordCodec.of(EnvironmentRow.class);

    private SpineKeys() {}

    /** @param timer the timer's name, or empty for an outbox row */
    record TaskRow(
            String id,
            String kind,
            Scope scope,
            Cause cause,
            Bytes payload,
            int attempt,
            Instant createdAt,
            String timer) {
        TaskRow again() {
            return new TaskRow(id, kind, scope, cause, payload, attempt + 1, createdAt, timer);
        }
    }

    record TimerRow(Instant due, String taskId) {}

    /** @param generation differs with each start, so that a restart is noticed */
    record PollerRow(String kind, Scope scope, String id, Bytes payload, String generation) {}

    /** What an environment is, beside its state. {@code clock} is how its time stands to the machine's. */
    record EnvironmentRow(Settings settings, long seed, ClockRow clock, Instant createdAt, String forkedFrom) {
        EnvironmentRow with(Settings other) {
            return new EnvironmentRow(other, seed, clock, createdAt, forkedFrom);
        }

        EnvironmentRow with(ClockRow other) {
            return new EnvironmentRow(settings, seed, other, createdAt, forkedFrom);
        }
    }

    /** @param standsAt where a frozen clock stands; meaningless while it runs */
    record ClockRow(Duration offset, boolean frozen, Instant standsAt) {
        static final ClockRow STRAIGHT = new ClockRow(Duration.ZERO, false, Instant.EPOCH);

        static ClockRow of(MovableClock clock) {
            return new ClockRow(clock.offset(), clock.frozen(), clock.now());
        }
    }
}
