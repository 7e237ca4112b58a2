package virga.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Clock;
import virga.server.deploy.Deployment;

@CommandLine.Command(
        name = "deploy",
        description = {
            "Packs and deploys a CloudFormation or SAM template, and shows how each resource fares. Ends with 1 where the stack does not "
                    + "succeed.",
            "With --json: a line for each note and each event of the stack, and last one of type result with the outputs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "  ./virga deploy template.yaml --stack orders",
            "  ./virga deploy template.yaml --stack orders --parameter Stage=test --parameter Retries=3"
        })
final class DeployCommand extends Command {
    @Parameters(paramLabel = "TEMPLATE", description = "The template's path, YAML or JSON.")
    private Path template;

    @Option(names = "--stack", paramLabel = "NAME", required = true, description = "The stack's name.")
    private String stack;

    @Option(
            names = "--parameter",
            paramLabel = "KEY=VALUE",
            description = "A parameter of the template; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private Telling telling;

    private final Clock clock;

    DeployCommand(Terminal terminal, Clock clock) {
        super(terminal);
        this.clock = clock;
    }

    @Override
    String doing() {
        return "deploying " + stack;
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException {
        LocalFile.existing("template", template);
        Deployment.Listener listener =
                telling.json() ? new DeploymentEvents(terminal()) : new DeploymentProgress(terminal());
        Deployment.Result result =
                new Deployment(new RemoteCalls(cloud, clock), listener).run(template, stack, parameters);
        telling.tell(terminal(), fact(result), () -> words(cloud, result));
        return result.succeeded() ? OK : FAILED;
    }

    private ObjectNode fact(Deployment.Result result) {
        ObjectNode fact = RunningCloud.object()
                .put("type", "result")
                .put("stack", stack)
                .put("status", result.status())
                .put("succeeded", result.succeeded())
                .put("changed", result.changed())
                .put("reason", result.reason());
        ObjectNode outputs = fact.putObject("outputs");
        result.outputs().forEach(outputs::put);
        return fact;
    }

    private void words(RunningCloud cloud, Deployment.Result result) {
        if (!result.succeeded()) {
            String reason = result.reason().isEmpty() ? "" : ": " + result.reason();
            terminal().note(terminal().red(result.status()) + reason);
            return;
        }
        terminal().line(terminal().green(result.status()) + " " + stack);
        result.outputs().forEach((name, value) -> {
            terminal().line("  %-28s %s".formatted(name, value));
            LocalAddress.of(cloud.endpoint(), cloud.environment(), value)
                    .ifPresent(here -> terminal().line("  %-28s %s".formatted("", "here: " + here)));
        });
    }
}
