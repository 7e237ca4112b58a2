package virga.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Prints how long cold and warm starts take on this machine, each the median of ten; run by hand, it is no test. */
final class ColdStartMeasurement {
    private ColdStartMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        for (int ahead = 0; ahead < 2; ahead++) {
            int waiting = ahead;
            try (TestingCloud cloud = new TestingCloud(config -> config.withStartAhead(waiting))) {
                System.out.println(cloud.engine.isolation().getFirst());
                measure(cloud, "nodejs20.x", "exports.handler = async () => 'hi';", "index.js", waiting);
                measure(cloud, "nodejs20.x", "export const handler = async () => 'hi';", "index.mjs", waiting);
                measure(cloud, "python3.11", "def handler(event, context):\n    return 'hi'\n", "index.py", waiting);
            }
        }
    }

    private static void measure(TestingCloud cloud, String runtime, String source, String file, int ahead)
            throws Exception {
        List<Long> init = new ArrayList<>();
        List<Long> process = new ArrayList<>();
        List<Long> whole = new ArrayList<>();
        List<Long> warm = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            String own = source + (file.endsWith("py") ? "# " : "// ") + i + "\n";
            FunctionVersion version = cloud.version(
                    runtime,
                    "index.handler",
                    new TestingZip().file(file, own).code(),
                    1024,
                    Duration.ofSeconds(9),
                    Map.of(),
                    -1,
                    List.of());
            if (i > 0 && ahead > 0) {
                cloud.awaitWaiting(1);
                cloud.ports.clock().sleep(Duration.ofMillis(300));
            }
            long before = System.nanoTime();
            Outcome.Returned outcome = (Outcome.Returned) cloud.invoke(version, "{}");
            whole.add(System.nanoTime() - before);
            init.add(outcome.report().initNanos());
            process.add(outcome.report().coldStart().processNanos());
            before = System.nanoTime();
            cloud.invoke(version, "{}");
            warm.add(System.nanoTime() - before);
            cloud.engine.retire(version.arn());
        }
        System.out.printf(
                "%-12s %-9s ahead %d: init %6.1f ms (process %6.1f), whole cold call %6.1f ms, warm call %5.2f ms%n",
                runtime, file, ahead, median(init), median(process), median(whole), median(warm));
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().skip(1).sorted().skip(5).findFirst().orElseThrow() / 1e6;
    }
}
