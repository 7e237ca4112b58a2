package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "status",
        description = "Shows whether a cloud runs, and its environments. Ends with 3 where none runs.",
        mixinStandardHelpOptions = true,
        footer = {"  ./virga status", "  ./virga status --json"})
final class StatusCommand extends Command {
    @Mixin
    private Telling telling;

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        JsonNode environments = cloud.get("/_virga/environments");
        ObjectNode status = RunningCloud.object().put("endpoint", cloud.endpoint());
        status.set("services", cloud.get("/_virga/status").path("services"));
        status.set("environments", environments);
        telling.tell(terminal(), status, () -> {
            terminal().line(terminal().bold("Virga") + " answers at " + cloud.endpoint());
            EnvironmentLines.show(terminal(), environments);
        });
        return OK;
    }
}
