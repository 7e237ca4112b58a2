package virga.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Unit;
import virga.bench.contender.Contenders;
import virga.bench.contender.Server;

/** Invokes functions that do nothing: the first time, and when they are warm. */
public final class FunctionBenchmark implements Benchmark {
    private static final int MEMORY_MEGABYTES = 1_024;
    private static final Duration UNTIL_ONE_WAITS = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "invoke";
    }

    @Override
    public String describe() {
        return "cold start and warm invoke, by runtime";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "Invoke as the client sees it, of a function that does nothing, 1,024 MB. Cold: the first call of a new function. Virga"
                        + " keeps a process of a runtime and memory size that was used of late waiting (Node.js and Python): \"a process waits\""
                        + " is measured one second after the last start, \"none waits\" with a memory size that was never used before.");
        section.note(
                "The runtime is the machine's own version of the interpreter. Other emulators run functions in Docker, which this"
                        + " comparison does not ask for, so none stands beside Virga here.");
        try (Server server = bench.contenders().start(bench.contenders().virgaInMemory());
                LambdaClient client = Clients.lambda(server.endpoint())) {
            StartBenchmark.firstAnswer(server);
            for (Sources sources : Sources.all()) {
                List<String> missing = sources.needs().stream()
                        .filter(command -> !Contenders.isOnPath(command))
                        .toList();
                if (missing.isEmpty()) {
                    new OneRuntime(bench, section, server, client, sources).measure();
                } else {
                    section.note("Skipped: " + sources.label() + ", for the machine lacks " + missing + ".");
                }
            }
        }
    }

    private record OneRuntime(Bench bench, Section section, Server server, LambdaClient client, Sources sources) {
        void measure() throws InterruptedException {
            bench.progress().accept("invoke: " + sources.label());
            cold("warm-up", MEMORY_MEGABYTES);
            bench.clock().sleep(UNTIL_ONE_WAITS.multipliedBy(3));
            boolean ahead =
                    sources.runtime().startsWith("nodejs") || sources.runtime().startsWith("python");
            List<Long> waiting = new ArrayList<>();
            List<Long> alone = new ArrayList<>();
            for (int i = 0; i < bench.scale().starts(); i++) {
                waiting.add(cold("a" + i, MEMORY_MEGABYTES));
                bench.clock().sleep(UNTIL_ONE_WAITS);
                if (ahead) {
                    alone.add(cold("b" + i, MEMORY_MEGABYTES + 1 + i));
                    bench.clock().sleep(UNTIL_ONE_WAITS);
                }
            }
            String cold = "cold start, " + sources.label();
            keep(cold + (ahead ? ", a process waits" : ""), Round.of(waiting));
            if (ahead) {
                keep(cold + ", none waits", Round.of(alone));
            }
            int calls = Math.max(1, bench.scale().calls() / 4);
            invoke(name("a0"));
            for (int round = 0; round <= bench.scale().rounds(); round++) {
                Round taken = bench.load().round(calls, server::processorNanos, number -> invoke(name("a0")));
                if (round > 0) {
                    keep("warm invoke, " + sources.label(), taken);
                }
            }
        }

        private void keep(String what, Round round) {
            section.series(what, Unit.NANOSECONDS, server.contender().name()).add(round);
        }

        private String name(String suffix) {
            return sources.runtime().replace(".", "-") + "-" + suffix;
        }

        private long cold(String suffix, int memoryMegabytes) {
            client.createFunction(request -> request.functionName(name(suffix))
                    .runtime(sources.runtime())
                    .handler(sources.handler())
                    .role("arn:aws:iam::000000000000:role/bench")
                    .memorySize(memoryMegabytes)
                    .timeout(60)
                    .code(code -> code.zipFile(sources.code())));
            client.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name(suffix)));
            long before = bench.clock().nanos();
            invoke(name(suffix));
            return bench.clock().nanos() - before;
        }

        private void invoke(String function) {
            InvokeResponse answer =
                    client.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String("{}")));
            if (answer.functionError() != null
                    || !answer.payload().asUtf8String().contains("true")) {
                throw new IllegalStateException(
                        function + " failed: " + answer.payload().asUtf8String());
            }
        }
    }
}
