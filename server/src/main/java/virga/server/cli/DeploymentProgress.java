package virga.server.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import virga.model.cloudformation.StackEvent;
import virga.server.deploy.Deployment;

/** Shows a deployment: a line for each resource when it is done or has failed. */
public final class DeploymentProgress implements Deployment.Listener {
    private final Terminal terminal;
    private final Map<String, Instant> began = new HashMap<>();

    public DeploymentProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void note(String line) {
        terminal.line("  " + terminal.faint(line));
    }

    @Override
    public void event(StackEvent event) {
        String status = event.resourceStatus().orElse("");
        String id = event.logicalResourceId().orElse("");
        Instant at = event.timestamp().orElse(Instant.EPOCH);
        if (status.endsWith("_IN_PROGRESS")) {
            began.putIfAbsent(id, at);
            if (status.contains("ROLLBACK")) {
                terminal.line("  " + terminal.red("rolling back ")
                        + event.resourceStatusReason().orElse(""));
            }
            return;
        }
        Duration took = Duration.between(began.getOrDefault(id, at), at);
        String line = "%-28s %-36s %6d ms".formatted(id, event.resourceType().orElse(""), took.toMillis());
        if (status.endsWith("_FAILED")) {
            terminal.line("  " + terminal.red("✗ " + line) + "  "
                    + event.resourceStatusReason().orElse(""));
        } else {
            terminal.line("  " + terminal.green("✓ ") + line + "  "
                    + terminal.faint(status.toLowerCase(java.util.Locale.ROOT)));
        }
    }
}
