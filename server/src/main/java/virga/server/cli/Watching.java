package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import virga.kernel.Fault;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

/** Tells, while a long request runs, what the cloud has done of it so far: lines on the error stream. Close it when it is answered. */
final class Watching implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final String token;
    private final AtomicBoolean over = new AtomicBoolean();

    Watching(RunningCloud cloud, Terminal terminal) {
        Ports machine = SystemPorts.of(ProcessHandle.current().pid(), Duration.ZERO, unused -> {});
        this.token = ProcessHandle.current().pid() + "-" + machine.clock().nanos();
        machine.threads().start("progress", () -> {
            try {
                int seen = 0;
                while (!over.get()) {
                    JsonNode lines = cloud.get(
                                    "/_virga/progress", Map.of("token", token, "from", Integer.toString(seen)))
                            .path("lines");
                    for (JsonNode line : lines) {
                        terminal.note(terminal.faint("  " + line.asText()));
                    }
                    seen += lines.size();
                    machine.clock().sleep(PAUSE);
                }
            } catch (RunningCloud.NotRunning | Fault gone) {
                // The request itself says what is wrong.
                over.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What the request gives as {@code token}. */
    String token() {
        return token;
    }

    @Override
    public void close() {
        over.set(true);
    }
}
