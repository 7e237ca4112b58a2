package virga.server.cli;

import java.time.Duration;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

/** Shows on a terminal what is being waited for and how long, from the first second on. Nothing where nobody looks on. */
final class Waiting implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Terminal terminal;
    private boolean over;

    private Waiting(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param what is done meanwhile, as in {@code deploying orders}; empty to show nothing */
    static Waiting on(Terminal terminal, String what) {
        Waiting waiting = new Waiting(terminal);
        if (terminal.redraws() && !what.isEmpty()) {
            Ports machine = SystemPorts.of(0, Duration.ZERO, unused -> {});
            machine.threads().start("waiting", () -> {
                try {
                    int seconds = 0;
                    do {
                        machine.clock().sleep(SECOND);
                        seconds++;
                    } while (waiting.shown(what + ", " + seconds + " s"));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        return waiting;
    }

    private synchronized boolean shown(String words) {
        if (!over) {
            terminal.passing(words);
        }
        return !over;
    }

    @Override
    public synchronized void close() {
        over = true;
        terminal.passing("");
    }
}
