package virga.server.cli;

import java.time.Instant;
import virga.model.cloudformation.StackEvent;
import virga.server.deploy.Deployment;

/** Shows a deployment to a machine: a line of JSON for each note and each event of the stack, when it happens. */
final class DeploymentEvents implements Deployment.Listener {
    private final Terminal terminal;

    DeploymentEvents(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void note(String line) {
        terminal.line(
                RunningCloud.object().put("type", "note").put("message", line).toString());
    }

    @Override
    public void event(StackEvent event) {
        terminal.line(RunningCloud.object()
                .put("type", "event")
                .put("timestamp", event.timestamp().orElse(Instant.EPOCH).toString())
                .put("logicalResourceId", event.logicalResourceId().orElse(""))
                .put("physicalResourceId", event.physicalResourceId().orElse(""))
                .put("resourceType", event.resourceType().orElse(""))
                .put("resourceStatus", event.resourceStatus().orElse(""))
                .put("resourceStatusReason", event.resourceStatusReason().orElse(""))
                .toString());
    }
}
