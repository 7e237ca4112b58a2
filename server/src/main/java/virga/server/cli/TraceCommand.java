package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "trace",
        description = "Shows everything that followed from one request, across every hop, or lists the latest traces.",
        mixinStandardHelpOptions = true,
        footer = {
            "  ./virga trace --logs",
            "  ./virga trace --list",
            "  ./virga trace 1-6924a3b0-0123456789abcdef01234567",
            "  ./virga trace --json"
        })
final class TraceCommand extends Command {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A request id or a trace id; without one, the latest trace.")
    private String id = "last";

    @Option(names = "--last", description = "The latest trace (the same as no ID).")
    private boolean last;

    @Option(names = "--list", description = "The latest traces, a line each.")
    private boolean list;

    @Option(
            names = "--all",
            description = "With --list: also what clients asked to deploy and manage the system, or to look at it.")
    private boolean all;

    @Option(names = "--logs", description = "With each function's log lines (with --json they are always there).")
    private boolean logs;

    @Mixin
    private Telling telling;

    TraceCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        if (list) {
            JsonNode traces = cloud.get("/_virga/traces", Map.of("managing", Boolean.toString(all)));
            telling.tell(terminal(), traces, () -> traces.forEach(this::listed));
            return OK;
        }
        Map<String, String> query = new TreeMap<>();
        query.put("logs", Boolean.toString(logs));
        query.put("width", Integer.toString(terminal().width()));
        query.put("style", terminal().style().colours() ? "coloured" : "plain");
        if (telling.json()) {
            query.put("format", "json");
        }
        terminal()
                .line(cloud.text("/_virga/traces/" + (last ? "last" : id), query)
                        .stripTrailing());
        return OK;
    }

    private void listed(JsonNode trace) {
        // An outside request is called by its method and path, a call by its service and operation.
        String name = trace.path("method").asText().isEmpty()
                ? trace.path("service").asText() + " " + trace.path("name").asText()
                : trace.path("method").asText() + " " + trace.path("url").asText();
        boolean failed = trace.path("error").asBoolean();
        String words = "%s  %s  %7d ms  %s"
                .formatted(
                        MOMENT.format(Instant.parse(trace.path("startedAt").asText())),
                        trace.path("id").asText(),
                        trace.path("durationMillis").asLong(),
                        name + "  " + trace.path("target").asText());
        // Not by colour alone.
        terminal().line(failed ? terminal().red(words + "  failed") : words);
    }
}
