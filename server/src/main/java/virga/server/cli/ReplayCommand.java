package virga.server.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "replay",
        description = "Delivers a recorded event again, in forks of the state it met, and compares what it does.",
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
            description = "a: again after success; b: two copies at once; c: crash, then again. Without it, all.")
    private String schedule = "";

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
        if (json) {
            query.put("format", "json");
        }
        try (Watching watching = new Watching(cloud, terminal())) {
            query.put("token", watching.token());
            terminal().line(cloud.text("/_virga/replay/" + id, query).stripTrailing());
        } catch (Fault missing) {
            throw missing.code().equals("RecordNotFound")
                    ? new Fault(
                            missing.code(),
                            missing.status(),
                            missing.getMessage() + "; ./virga trace --json has the ids of invocations")
                    : missing;
        }
        return OK;
    }
}
