package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "replay",
        description =
                "Delivers a recorded event again, in forks of the state it met, and compares what it does. Ends with 1 where that is "
                        + "a fault.",
        mixinStandardHelpOptions = true,
        footer = {
            "  ./virga replay 3594a282-698e-429d-8afa-fc2b2f560625",
            "  ./virga replay 3594a282-698e-429d-8afa-fc2b2f560625 --schedule b --seed 7"
        })
final class ReplayCommand extends Command {
    @Parameters(paramLabel = "ID", description = "The request id of an invocation.")
    private String id;

    @Option(
            names = "--schedule",
            description =
                    "a: again after success; b: two copies at once; c: crash, then again; s: reads lag behind. Without it, all.")
    private String schedule = "";

    @Option(
            names = "--point",
            description = "One run of the schedule alone: before-2 or after-2 of c, warm of a, a table of s.")
    private String point = "";

    @Option(names = "--records", description = "Only these records of a batch, as 2,5 by their positions from 1.")
    private String records = "";

    @Option(
            names = "--seed",
            description = "Of what is chosen by chance (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(names = "--json", description = "As JSON, for machines.")
    private boolean json;

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        Map<String, String> query = new TreeMap<>();
        query.put("seed", Long.toString(seed));
        if (!schedule.isEmpty()) {
            query.put("schedule", schedule);
        }
        if (!point.isEmpty()) {
            query.put("point", point);
        }
        if (!records.isEmpty()) {
            query.put("records", records);
        }
        query.put("format", "json");
        JsonNode answer;
        try (Watching watching = new Watching(cloud, terminal())) {
            query.put("token", watching.token());
            answer = cloud.get("/_virga/replay/" + id, query);
        } catch (Fault missing) {
            throw missing.code().equals("RecordNotFound")
                    ? new Fault(
                            missing.code(),
                            missing.status(),
                            missing.getMessage() + "; ./virga trace --json has the ids of invocations")
                    : missing;
        }
        terminal().line((json ? answer.toString() : answer.path("text").asText()).stripTrailing());
        return answer.path("fault").asBoolean() ? FAILED : OK;
    }
}
