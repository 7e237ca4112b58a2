package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Clock;

@CommandLine.Command(
        name = "logs",
        description = "Prints a log group, or lists the groups.",
        mixinStandardHelpOptions = true)
final class LogsCommand extends Command {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            description = "A log group, or a function's name; without one, the groups are listed.")
    private String group = "";

    @Option(names = "--follow", description = "Goes on printing until Ctrl-C.")
    private boolean follow;

    @Option(names = "--filter", description = "A CloudWatch Logs filter pattern.")
    private String filter = "";

    private final Clock clock;

    LogsCommand(Terminal terminal, Clock clock) {
        super(terminal);
        this.clock = clock;
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException {
        if (group.isEmpty()) {
            for (JsonNode found : cloud.call("logs", "DescribeLogGroups", RunningCloud.object())
                    .path("logGroups")) {
                terminal()
                        .line("%12d  %s"
                                .formatted(
                                        found.path("storedBytes").asLong(),
                                        found.path("logGroupName").asText()));
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
        long latest = from;
        String next = "";
        do {
            ObjectNode input = RunningCloud.object().put("logGroupName", name).put("startTime", from);
            if (!filter.isEmpty()) {
                input.put("filterPattern", filter);
            }
            if (!next.isEmpty()) {
                input.put("nextToken", next);
            }
            JsonNode page = cloud.call("logs", "FilterLogEvents", input);
            for (JsonNode event : page.path("events")) {
                if (seen.add(event.path("eventId").asText())) {
                    long at = event.path("timestamp").asLong();
                    latest = Math.max(latest, at);
                    terminal()
                            .line(terminal().faint(Instant.ofEpochMilli(at) + "  ")
                                    + event.path("message").asText().stripTrailing());
                }
            }
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
        return latest;
    }
}
