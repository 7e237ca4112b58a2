package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Clock;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "logs",
        description = {
            "Prints a log group, or lists the groups.",
            "With --json: a line for each event (timestamp, message, logStreamName, eventId), or for each group (logGroupName, storedBytes)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "  ./virga logs",
            "  ./virga logs orders-Charge --follow",
            "  ./virga logs /aws/lambda/orders-Charge --filter ERROR --json"
        })
final class LogsCommand extends Command {
    private static final String FUNCTIONS = "/aws/lambda/";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            description =
                    "A log group, or a function's name, or what its template calls it; without one, the groups are listed.")
    private String group = "";

    @Option(names = "--follow", description = "Goes on printing until Ctrl-C.")
    private boolean follow;

    @Option(names = "--filter", paramLabel = "PATTERN", description = "A CloudWatch Logs filter pattern.")
    private String filter = "";

    @Mixin
    private Telling telling;

    private final Clock clock;

    LogsCommand(Terminal terminal, Clock clock) {
        super(terminal);
        this.clock = clock;
    }

    @Override
    String doing() {
        return follow ? "" : "reading logs";
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException {
        if (group.isEmpty()) {
            for (JsonNode found : groups(cloud)) {
                String name = found.path("logGroupName").asText();
                long bytes = found.path("storedBytes").asLong();
                telling.tell(
                        terminal(),
                        RunningCloud.object().put("logGroupName", name).put("storedBytes", bytes),
                        () -> terminal().line("%12d  %s".formatted(bytes, name)));
            }
            return OK;
        }
        String name = found(cloud);
        Set<String> seen = new HashSet<>();
        long from = 0;
        do {
            from = print(cloud, name, from, seen);
            if (follow) {
                clock.sleep(BETWEEN_LOOKS);
            }
        } while (follow);
        return OK;
    }

    /** Prints what is new; answers from when on to look again. Events of one millisecond are told apart by their ids. */
    private long print(RunningCloud cloud, String name, long from, Set<String> seen) throws RunningCloud.NotRunning {
        ObjectNode input = RunningCloud.object().put("logGroupName", name).put("startTime", from);
        if (!filter.isEmpty()) {
            input.put("filterPattern", filter);
        }
        long latest = from;
        for (JsonNode event : events(cloud, input)) {
            if (seen.add(event.path("eventId").asText())) {
                latest = Math.max(latest, event.path("timestamp").asLong());
                tell(event);
            }
        }
        return latest;
    }

    private static List<JsonNode> events(RunningCloud cloud, ObjectNode input) throws RunningCloud.NotRunning {
        return cloud.pages("logs", "FilterLogEvents", input, "events", "nextToken", "nextToken");
    }

    /** The group that is meant: where there is none of that name, it may be what a template calls a function. */
    private String found(RunningCloud cloud) throws RunningCloud.NotRunning {
        String name = group.startsWith("/") ? group : FUNCTIONS + group;
        List<String> names = new ArrayList<>();
        for (JsonNode found : groups(cloud)) {
            names.add(found.path("logGroupName").asText());
        }
        if (names.contains(name)) {
            return name;
        }
        if (names.contains(group)) {
            return group;
        }
        Fault missing = new Fault(
                "ResourceNotFoundException",
                400,
                "There is no log group " + name + " in environment " + cloud.environment());
        String meant = Named.meant(terminal(), group, names, FUNCTIONS, "log groups", missing);
        return meant.startsWith("/") ? meant : FUNCTIONS + meant;
    }

    private static List<JsonNode> groups(RunningCloud cloud) throws RunningCloud.NotRunning {
        return cloud.pages("logs", "DescribeLogGroups", "logGroups", "nextToken", "nextToken");
    }

    private void tell(JsonNode event) {
        Instant at = Instant.ofEpochMilli(event.path("timestamp").asLong());
        String message = event.path("message").asText().stripTrailing();
        ObjectNode fact = RunningCloud.object()
                .put("timestamp", at.toString())
                .put("message", message)
                .put("logStreamName", event.path("logStreamName").asText())
                .put("eventId", event.path("eventId").asText());
        telling.tell(terminal(), fact, () -> terminal().line(terminal().faint(at + "  ") + message));
    }
}
