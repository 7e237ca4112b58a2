package virga.server.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Clock;
import virga.server.deploy.Deployment;

@CommandLine.Command(
        name = "deploy",
        description = "Packs and deploys a CloudFormation or SAM template, and shows how each resource fares.",
        mixinStandardHelpOptions = true)
final class DeployCommand extends Command {
    @Parameters(paramLabel = "TEMPLATE", description = "The template's path, YAML or JSON.")
    private Path template;

    @Option(names = "--stack", required = true, description = "The stack's name.")
    private String stack;

    @Option(
            names = "--parameter",
            paramLabel = "KEY=VALUE",
            description = "A parameter of the template; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    private final Clock clock;

    DeployCommand(Terminal terminal, Clock clock) {
        super(terminal);
        this.clock = clock;
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException {
        Deployment.Result result = new Deployment(new RemoteCalls(cloud, clock), new DeploymentProgress(terminal()))
                .run(template, stack, parameters);
        if (!result.succeeded()) {
            terminal()
                    .note(terminal().red(result.status()) + (result.reason().isEmpty() ? "" : ": " + result.reason()));
            return FAILED;
        }
        terminal().line(terminal().green(result.status()) + " " + stack);
        result.outputs().forEach((name, value) -> terminal().line("  %-28s %s".formatted(name, value)));
        return OK;
    }
}
