package virga.engine.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How the waiting of many threads becomes the time that a worker was held up. */
class ProcessorTimeTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final ProcessorTime NONE = new ProcessorTime(0, 0);

    @Test
    void whatWasAwaitedIsTheTimeHeldUp() {
        assertThat(new ProcessorTime(0, 300).heldUpNanos(NONE, 1000)).isEqualTo(300);
        assertThat(new ProcessorTime(0, 300).heldUpNanos(new ProcessorTime(0, 200), 1000))
                .isEqualTo(100);
    }

    @Test
    void threadsThatWaitAtTheSameTimeCountOnce() {
        assertThat(new ProcessorTime(0, 9000).heldUpNanos(NONE, 1000)).isEqualTo(1000);
    }

    @Test
    void aWorkerThatKeepsAllProcessorsBusyIsHeldUpByItselfAlone() {
        assertThat(new ProcessorTime(1000L * PROCESSORS, 9000).heldUpNanos(NONE, 1000))
                .isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelTellsOfThisProcess() {
        boolean counted = Files.exists(Path.of("/proc/self/schedstat"));
        ProcessorTime time = ProcessorTime.of(List.of(ProcessHandle.current().pid()));
        assertThat(time.usedNanos() > 0).isEqualTo(counted);
    }
}
