package virga.cloud.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.Hold;
import virga.kernel.Cause;
import virga.kernel.MovableClock;
import virga.kernel.system.SystemPorts;

class ActivityTest {
    private final MovableClock clock =
            SystemPorts.of(1, Duration.ZERO, unused -> {}).clock();
    private final Activity activity = new Activity(clock);

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void aCallMovesUntilItIsOver() {
        Hold call = activity.call();
        assertThat(activity.moving()).isNotEmpty();
        call.close();
        call.close();
        assertThat(activity.moving()).isEmpty();
    }

    @Test
    void whatBeganAndEndedBetweenTwoLooksIsToldByTheNumberOfBeginnings() {
        long before = activity.begun();
        activity.call().close();
        assertThat(activity.moving()).isEmpty();
        assertThat(activity.begun()).isNotEqualTo(before);
    }

    @Test
    void aLookThatChangesNothingIsNoBeginning() {
        long before = activity.begun();
        Hold look = activity.looking();
        assertThat(activity.moving()).isNotEmpty();
        look.close();
        assertThat(activity.begun()).isEqualTo(before);
    }

    @Test
    void whatWaitsForTimeDoesNotMoveUntilTheTimeHasCome() {
        clock.freeze();
        Hold batch = activity.hold("a batch");
        assertThat(activity.moving()).containsExactly("a batch");
        assertThat(activity.isHeld("a batch")).isTrue();

        Instant due = clock.now().plusSeconds(5);
        batch.waitsUntil(due, List.of(Cause.root("trace")));
        assertThat(activity.moving()).isEmpty();
        assertThat(activity.nextDue(cause -> cause.traceId().equals("trace"))).contains(due);
        assertThat(activity.nextDue(cause -> false)).isEmpty();

        // Whoever waits may not have woken yet: what is due counts all the same.
        clock.advance(Duration.ofSeconds(5));
        assertThat(activity.moving()).containsExactly("a batch");

        batch.goesOn();
        batch.close();
        assertThat(activity.moving()).isEmpty();
        assertThat(activity.isHeld("a batch")).isFalse();
    }
}
