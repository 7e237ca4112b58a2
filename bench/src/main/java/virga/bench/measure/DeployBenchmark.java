package virga.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
                        + " (five functions, three tables, two queues, a bus, an HTTP API) until CREATE_COMPLETE: the first deploy of a cloud"
                        + " that has just started, and the same template deployed again as another stack.");
        section.note(
                "The very first deploy in a folder installs AWS's SDKs for Node.js and Python with npm and pip. That is told in the"
                        + " progress and does not count: it is the network's time.");
        for (Contender contender :
                List.of(bench.contenders().virgaInMemory(), bench.contenders().virgaOnDisk())) {
            Path folder = bench.contenders().ownFolder();
            for (int i = 0; i <= bench.scale().rounds(); i++) {
                removeState(folder);
                try (Server server = bench.contenders().start(contender, folder)) {
                    StartBenchmark.firstAnswer(server);
                    long first = deploy(bench, server, "first");
                    long later = deploy(bench, server, "later");
                    bench.progress()
                            .accept("deploy " + i + "/" + bench.scale().rounds() + " to " + contender.name() + ": "
                                    + first / 1_000_000 + " ms, then " + later / 1_000_000 + " ms");
                    if (i > 0) {
                        keep(section, "first deploy of examples/orders", contender, first);
                        keep(section, "later deploy of examples/orders", contender, later);
                    }
                }
            }
        }
    }

    private static void keep(Section section, String what, Contender contender, long nanos) {
        section.series(what, Unit.NANOSECONDS, contender.name()).add(Round.of(List.of(nanos)));
    }

    private static long deploy(Bench bench, Server server, String stack) throws IOException, InterruptedException {
        Path template = bench.contenders().home().resolve("examples/orders/template.yaml");
        List<String> arguments = List.of(
                "deploy",
                template.toString(),
                "--stack",
                stack,
                "--endpoint",
                server.endpoint().toString());
        return bench.nanos(() -> {
            try (Subprocess command = bench.contenders().virga(arguments)) {
                command.awaitSuccess();
            }
        });
    }

    /** What the cloud before this one knew; what it installed stays. */
    private static void removeState(Path folder) throws IOException {
        Path state = folder.resolve(".virga/state");
        if (Files.isDirectory(state)) {
            try (Stream<Path> files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
