package virga.bench.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Report;
import virga.bench.Scale;
import virga.bench.Section;
import virga.bench.contender.Contenders;
import virga.bench.measure.CommandBenchmark;
import virga.bench.measure.DeployBenchmark;
import virga.bench.measure.DynamoDbBenchmark;
import virga.bench.measure.ForkBenchmark;
import virga.bench.measure.FunctionBenchmark;
import virga.bench.measure.SqsBenchmark;
import virga.bench.measure.StartBenchmark;
import virga.bench.measure.StoreBenchmark;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

/**
 * Runs benchmarks, each in its turn, and ends within {@link Scale#limit}. A full run of all writes {@code bench/results/latest.md} and the
 * table of numbers in SPECIFICATION.md; any other only prints.
 */
@CommandLine.Command(
        name = "./dev bench",
        description = "Measures Virga, and its peers beside it in the same run.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    static final List<Benchmark> ALL = List.of(
            new StartBenchmark(),
            new CommandBenchmark(),
            new FunctionBenchmark(),
            new SqsBenchmark(),
            new DynamoDbBenchmark(),
            new StoreBenchmark(),
            new ForkBenchmark(),
            new DeployBenchmark());

    @Parameters(paramLabel = "NAME", description = "What to measure; all where none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Fewer rounds and calls: shows that everything runs.")
    private boolean quick;

    @Option(names = "--list", description = "Only lists what there is.")
    private boolean list;

    @Option(names = "--home", hidden = true, description = "The project's folder.")
    private Path home = Path.of("");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Benchmark> chosen = chosen(names);
        if (list) {
            ALL.forEach(each -> out.printf("%-10s %s%n", each.name(), each.describe()));
            return 0;
        }
        Path root = home.toAbsolutePath().normalize();
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        List<Section> sections = new ArrayList<>();
        boolean whole = true;
        Ports ports = SystemPorts.of(1, Duration.ZERO, Throwable::printStackTrace);
        try (Contenders contenders = new Contenders(root, root.resolve("bench/target/running"), ports.clock())) {
            ports.clock().at(ports.clock().now().plus(scale.limit()), () -> breakOff(scale, contenders));
            Instant begun = ports.clock().now();
            Bench bench = new Bench(
                    ports,
                    scale,
                    contenders,
                    words -> err.printf(
                            "%5d s  %s%n",
                            Duration.between(begun, ports.clock().now()).toSeconds(), words));
            for (Benchmark benchmark : chosen) {
                bench.progress().accept(benchmark.name());
                Section section = new Section(benchmark.name(), benchmark.describe());
                whole &= measured(benchmark, bench, section);
                sections.add(section);
                out.println(Report.forTerminal(section));
            }
        }
        if (whole && names.isEmpty() && !quick) {
            new Report(scale, sections)
                    .write(root.resolve("bench/results/latest.md"), root.resolve("SPECIFICATION.md"));
            out.println("written: bench/results/latest.md, and the table of numbers in SPECIFICATION.md");
        }
        return whole ? 0 : 1;
    }

    /** Whether a benchmark came to its end; where it did not, its section tells why, and the next one has its turn. */
    private boolean measured(Benchmark benchmark, Bench bench, Section section) throws InterruptedException {
        try {
            benchmark.run(bench, section);
            return true;
        } catch (IOException | SdkException | IllegalStateException e) {
            section.note("Broken off: " + e.getMessage());
            err.println(benchmark.name() + " was broken off: " + e.getMessage());
            return false;
        }
    }

    private void breakOff(Scale scale, Contenders contenders) {
        err.println(
                "bench: broken off after " + scale.limit().toMinutes() + " minutes, the longest that a run may take");
        try {
            contenders.close();
        } catch (IOException e) {
            err.println("bench: " + e.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }

    /** The benchmarks of these names, in the order in which they are always run; all for none. */
    static List<Benchmark> chosen(List<String> names) {
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(new Main()), "there is no benchmark " + name + "; there are: " + known);
            }
        }
        return ALL.stream()
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
    }
}
