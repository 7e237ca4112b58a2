package virga.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Unit;
import virga.bench.contender.Server;
import virga.bench.contender.Subprocess;

/** The commands that people type all day, from the launcher's start to its end. */
public final class CommandBenchmark implements Benchmark {
    @Override
    public String name() {
        return "command";
    }

    @Override
    public String describe() {
        return "commands against a running cloud";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "The whole command, its launcher included, against a cloud in memory that has a hundred recorded calls.");
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("./virga --version", List.of("--version"));
        commands.put("./virga status", List.of("status"));
        commands.put("./virga trace", List.of("trace"));
        commands.put("./virga env list", List.of("env", "list"));
        try (Server server = bench.contenders().start(bench.contenders().virgaInMemory());
                SqsClient client = Clients.sqs(server.endpoint())) {
            StartBenchmark.firstAnswer(server);
            for (int i = 0; i < 100; i++) {
                client.listQueues();
            }
            for (int round = 0; round <= bench.scale().starts(); round++) {
                bench.progress()
                        .accept("commands " + round + "/" + bench.scale().starts());
                for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                    List<String> arguments = new ArrayList<>(command.getValue());
                    if (arguments.getFirst().charAt(0) != '-') {
                        arguments.addAll(List.of("--endpoint", server.endpoint().toString()));
                    }
                    long taken = bench.nanos(() -> run(bench, arguments));
                    if (round > 0) {
                        section.series(
                                        command.getKey(),
                                        Unit.NANOSECONDS,
                                        server.contender().name())
                                .add(Round.of(List.of(taken)));
                    }
                }
            }
        }
    }

    private static void run(Bench bench, List<String> arguments) throws IOException, InterruptedException {
        try (Subprocess command = bench.contenders().virga(arguments)) {
            command.awaitSuccess();
        }
    }
}
