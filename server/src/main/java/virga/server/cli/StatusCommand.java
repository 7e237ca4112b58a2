package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "status",
        description = "Shows whether a cloud runs, and its environments.",
        mixinStandardHelpOptions = true)
final class StatusCommand extends Command {
    @Option(names = "--json", description = "As JSON, for machines.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        JsonNode status = cloud.get("/_virga/status");
        if (json) {
            terminal().line(status.toString());
            return OK;
        }
        terminal().line(terminal().bold("Virga") + " answers at " + cloud.endpoint());
        status.properties().forEach(fact -> {
            if (fact.getValue().isValueNode()) {
                terminal()
                        .line("  %-16s %s"
                                .formatted(fact.getKey(), fact.getValue().asText()));
            }
        });
        EnvironmentLines.show(terminal(), cloud.get("/_virga/environments"));
        return OK;
    }
}
