package virga.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Unit;
import virga.bench.contender.Contender;
import virga.bench.contender.Server;
import virga.bench.contender.Subprocess;

/** Deploys the example as a user does. */
public final class DeployBenchmark implements Benchmark {
    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public String describe() {
        return "deploy of examples/orders";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "The whole command ./virga deploy examples/orders/template.yaml: start of the command, packing, upload, and the stack"
                        + " (five functions, three tables, two queues, a bus, an HTTP API) until CREATE_COMPLETE. The first stack of each cloud"
                        + " counts for itself: it is the one that meets a cold cloud.");
        Path template = bench.contenders().home().resolve("examples/orders/template.yaml");
        for (Contender contender :
                List.of(bench.contenders().virgaInMemory(), bench.contenders().virgaOnDisk())) {
            try (Server server = bench.contenders().start(contender)) {
                StartBenchmark.firstAnswer(server);
                for (int i = 0; i <= bench.scale().rounds(); i++) {
                    bench.progress().accept("deploy " + i + "/" + bench.scale().rounds() + ": " + contender.name());
                    List<String> arguments = List.of(
                            "deploy",
                            template.toString(),
                            "--stack",
                            "orders-" + i,
                            "--endpoint",
                            server.endpoint().toString());
                    long taken = bench.nanos(() -> {
                        try (Subprocess command = bench.contenders().virga(arguments)) {
                            command.awaitSuccess();
                        }
                    });
                    section.series(i == 0 ? "first deploy" : "later deploy", Unit.NANOSECONDS, contender.name())
                            .add(Round.of(List.of(taken)));
                }
            }
        }
    }
}
