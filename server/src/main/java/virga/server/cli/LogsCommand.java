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
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            description = "A log group, or a function's name; without one, the groups are listed.")
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
            for (JsonNode found : pages(cloud, "DescribeLogGroups", RunningCloud.object(), "logGroups")) {
                String name = found.path("logGroupName").asText();
                long bytes = found.path("storedBytes").asLong();
                telling.tell(
                        terminal(),
                        RunningCloud.object().put("logGroupName", name).put("storedBytes", bytes),
                        () -> terminal().line("%12d  %s".formatted(bytes, name)));
            }
            return OK;
        }
        String name = group.startsWith("/") ? group : "/aws/lambda/" + group;
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
        for (JsonNode event : events(cloud, name, input)) {
            if (seen.add(event.path("eventId").asText())) {
                latest = Math.max(latest, event.path("timestamp").asLong());
                tell(event);
            }
        }
        return latest;
    }

    private List<JsonNode> events(RunningCloud cloud, String name, ObjectNode input) throws RunningCloud.NotRunning {
        try {
            return pages(cloud, "FilterLogEvents", input, "events");
        } catch (Fault fault) {
            if (!fault.code().equals("ResourceNotFoundException")) {
                throw fault;
            }
            List<String> names = new ArrayList<>();
            pages(cloud, "DescribeLogGroups", RunningCloud.object(), "logGroups")
                    .forEach(found -> names.add(found.path("logGroupName").asText()));
            throw new Fault(
                    fault.code(),
                    fault.status(),
                    "There is no log group " + name + " in environment " + cloud.environment()
                            + (names.isEmpty() ? ", nor any other" : "; there are: " + String.join(", ", names)));
        }
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

    private static List<JsonNode> pages(RunningCloud cloud, String operation, ObjectNode input, String member)
            throws RunningCloud.NotRunning {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            if (!next.isEmpty()) {
                input.put("nextToken", next);
            }
            JsonNode page = cloud.call("logs", operation, input);
            page.path(member).forEach(all::add);
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
        return all;
    }
}
