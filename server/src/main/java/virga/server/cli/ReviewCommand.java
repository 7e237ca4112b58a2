package virga.server.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "review",
        description =
                "Reviews the environment: templates, records, and what functions do when their events come again.",
        mixinStandardHelpOptions = true)
final class ReviewCommand extends Command {
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
        Map<String, String> query = new TreeMap<>();
        query.put("seed", Long.toString(seed));
        if (json) {
            query.put("format", "json");
        }
        terminal().line(cloud.text("/_virga/review", query).stripTrailing());
        return OK;
    }
}
