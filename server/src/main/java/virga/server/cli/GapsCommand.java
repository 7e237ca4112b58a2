package virga.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.server.Composition;
import virga.services.cloudformation.Gaps;
import virga.services.cloudformation.Gaps.Gap;
import virga.services.cloudformation.template.TemplateText;

@CommandLine.Command(
        name = "gaps",
        description = {
            "Lists everything in a template that Virga does not do yet, before it is deployed. Needs no cloud. Ends with 1 where there is "
                    + "something.",
            "With --json: a line for each (path, logicalId)."
        },
        mixinStandardHelpOptions = true,
        footer = {"  ./virga gaps template.yaml", "  ./virga gaps template.yaml --parameter Stage=prod --json"})
final class GapsCommand implements Callable<Integer> {
    private static final String REGION = "us-east-1";

    @Parameters(paramLabel = "TEMPLATE", description = "A SAM or CloudFormation template, YAML or JSON.")
    private Path template;

    @Option(
            names = "--parameter",
            paramLabel = "KEY=VALUE",
            description = "A parameter of the template; may be repeated. Those without a value take a stand-in.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private Telling telling;

    private final Terminal terminal;

    GapsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode body = TemplateText.read(LocalFile.text("template", template));
        UnpackedCode.standIns(body);
        List<Gap> gaps = Gaps.of(body.toString(), parameters, REGION, Composition.registry()::provisioner);
        if (telling.json()) {
            gaps.forEach(gap -> terminal.line(fact(gap).toString()));
        } else {
            tell(gaps);
        }
        return gaps.isEmpty() ? Command.OK : Command.FAILED;
    }

    private static ObjectNode fact(Gap gap) {
        return RunningCloud.object().put("path", gap.path()).put("logicalId", gap.logicalId());
    }

    private void tell(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            terminal.line(terminal.green("✓ ") + "Virga does everything that " + template + " asks");
            return;
        }
        Map<String, TreeSet<String>> askedBy = new TreeMap<>();
        gaps.forEach(gap ->
                askedBy.computeIfAbsent(gap.path(), unused -> new TreeSet<>()).add(gap.logicalId()));
        terminal.line("Virga does not do yet, of what " + template + " asks:");
        int width = askedBy.keySet().stream().mapToInt(String::length).max().orElse(0);
        askedBy.forEach((path, resources) -> terminal.line("  " + terminal.yellow("! ") + terminal.bold(path)
                + " ".repeat(width - path.length()) + "  " + String.join(", ", resources)));
    }
}
