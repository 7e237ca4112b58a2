package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import virga.simulator.schedule.VirtualThreadSchedulers;

final class VirtualThreadSchedulersTest {
    /** Where this fails, every other test of the simulator is skipped: they need what this JDK has taken away. */
    @Test
    void thisJdkStillLetsVirtualThreadsHaveASchedulerOfOurs() {
        assertThat(VirtualThreadSchedulers.missing()).isEmpty();
    }
}
