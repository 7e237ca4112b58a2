package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;
import virga.kernel.system.SystemPorts;
import virga.reviewer.Report;
import virga.reviewer.Review;
import virga.reviewer.rules.Suppressions;
import virga.services.cloudformation.sam.ServerlessTransform;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateText;

@CommandLine.Command(
        name = "review",
        description = {
            "Reviews the environment: templates, records, and what functions do when their events come again.",
            "With a template it reviews that alone, and needs no cloud. Ends with 1 where it finds an error.",
            "Findings are suppressed by virga-review.yaml: see docs/mistakes/suppressions.md."
        },
        mixinStandardHelpOptions = true,
        footer = {"  ./virga review", "  ./virga review template.yaml", "  ./virga review --json --environment staging"
        })
final class ReviewCommand extends Command {
    private static final String REGION = "us-east-1";

    @Parameters(paramLabel = "TEMPLATE", arity = "0..1", description = "A SAM or CloudFormation template.")
    private Path template;

    @Option(
            names = "--seed",
            description = "Of what is chosen by chance (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(names = "--json", description = "As JSON, for machines.")
    private boolean json;

    ReviewCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        if (template != null) {
            Report report = ofTemplate();
            terminal().line((json ? report.json().text() : report.text()).stripTrailing());
            return report.hasErrors() ? FAILED : OK;
        }
        ObjectNode asked = RunningCloud.object().put("seed", seed);
        asked.put("suppressions", text(Path.of(Suppressions.FILE)));
        JsonNode answer;
        try (Watching watching = new Watching(cloud, terminal())) {
            answer = cloud.post("/_virga/review", Map.of("token", watching.token()), asked);
        }
        terminal().line((json ? answer.toString() : answer.path("text").asText()).stripTrailing());
        return answer.path("errors").asBoolean() ? FAILED : OK;
    }

    private Report ofTemplate() {
        if (!Files.isRegularFile(template)) {
            throw new Fault("Usage", 400, "there is no file " + template);
        }
        String source = text(template);
        ObjectNode read = TemplateText.read(source);
        UnpackedCode.standIns(read);
        String processed = Template.transforms(read).contains(ServerlessTransform.NAME)
                ? ServerlessTransform.apply(read, Map.of(), REGION).toString()
                : source;
        Path suppressions = template.toAbsolutePath().resolveSibling(Suppressions.FILE);
        var clock = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        return Review.ofTemplate(
                template.toString(),
                source,
                processed,
                Suppressions.read(suppressions.toString(), text(suppressions)),
                LocalDate.ofInstant(clock.now(), ZoneOffset.UTC));
    }

    /** The content of a file; empty where there is none. */
    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new Fault("Usage", 400, "cannot read " + file + ": " + e.getMessage());
        }
    }
}
