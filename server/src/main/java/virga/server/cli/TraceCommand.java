package virga.server.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "trace",
        description = "Shows everything that followed from one request, across every hop.",
        mixinStandardHelpOptions = true)
final class TraceCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A request id or a trace id; without one, the latest trace.")
    private String id = "last";

    @Option(names = "--last", description = "The latest trace (the same as no ID).")
    private boolean last;

    @Option(names = "--logs", description = "With each function's log lines.")
    private boolean logs;

    @Option(names = "--json", description = "As JSON, for machines.")
    private boolean json;

    TraceCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        Map<String, String> query = new TreeMap<>();
        query.put("logs", Boolean.toString(logs));
        query.put("width", Integer.toString(terminal().width()));
        query.put("style", terminal().style().colours() ? "coloured" : "plain");
        if (json) {
            query.put("format", "json");
        }
        terminal()
                .line(cloud.text("/_virga/traces/" + (last ? "last" : id), query)
                        .stripTrailing());
        return OK;
    }
}
