package virga.server.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.Interpreters;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
import virga.kernel.Details;
import virga.kernel.Principal;
import virga.kernel.system.SystemPorts;
import virga.observe.Names;
import virga.observe.RecordFilter;
import virga.observe.Records;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;
import virga.observe.trace.TraceTree;
import virga.observe.trace.TraceView;
import virga.reviewer.Review;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Settling;
import virga.reviewer.replay.Verdict;
import virga.reviewer.rules.Finding;
import virga.server.Virga;
import virga.server.cli.Terminal;
import virga.server.deploy.Calls;
import virga.server.deploy.Deployment;
import virga.server.deploy.LocalCalls;
import virga.services.cloudformation.template.TemplateText;
import virga.store.Reading.Direction;

/**
 * Deploys the orders application, sends it orders over HTTP, tells one order's story, proves one function faulty and its twin safe, and
 * lists what the template alone shows. Functions whose interpreter the machine lacks are skipped by name. Each step says whether it held;
 * the demo holds if all do.
 */
public final class Demo {
    private static final String STACK = "orders";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** The example's function behind its API; without it orders are put where it would put them. */
    private static final String ENTRANCE = "TakeOrder";
    /** The example's function between queue and bus; without it nothing reaches the shipments. */
    private static final String MIDDLE = "Charge";
    /** The example's faulty function and its repaired twin: whether each ships twice what it is told twice. */
    private static final Map<String, Boolean> SHIPMENTS = new TreeMap<>(Map.of("Ship", true, "ShipOnce", false));

    /** As functions' errors begin, which are alike but for it. */
    private static final Pattern REQUEST_ID = Pattern.compile("RequestId: \\S+ (Error: )?");

    private final Virga virga;
    private final LiveEnvironment environment;
    private final Records records;
    private final Clock wall;
    private final Calls calls;
    private final Terminal terminal;
    private final List<String> broken = new ArrayList<>();
    /** The functions that this machine can run, by logical id. */
    private final Set<String> functions = new TreeSet<>();

    public Demo(Virga virga, Terminal terminal) {
        this.virga = virga;
        this.environment = virga.cloud().environment(Cloud.DEFAULT_ENVIRONMENT);
        this.records = virga.records().of(environment.name()).orElseThrow();
        // The environment's own clock may have been moved; waiting is on the machine's.
        this.wall = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        this.calls = new LocalCalls(environment, wall);
        this.terminal = terminal;
    }

    /** The steps that did not hold, in words; empty where all did. @param folder of the application */
    public List<String> run(Path folder) throws InterruptedException {
        Optional<Deployment.Result> deployed = deploy(folder);
        if (deployed.isEmpty()) {
            return broken;
        }
        Instant began = environment.ports().clock().now();
        send(deployed.get().outputs());
        if (broken.isEmpty()) {
            Optional<Lineage> order = awaitStory(began);
            if (order.isPresent()) {
                tell(order.get());
                replay(order.get());
                reviewTemplate();
            } else {
                broken.add("not every order came through " + String.join(", ", reached()) + " in "
                        + PATIENCE.toSeconds() + " s" + failures(began));
            }
        }
        return broken;
    }

    private void step(String title, String words) {
        terminal.line();
        terminal.line(terminal.bold(title) + (words.isEmpty() ? "" : terminal.faint("  " + words)));
    }

    private void good(String words) {
        terminal.line("  " + terminal.green("✓ ") + words);
    }

    private Optional<Deployment.Result> deploy(Path folder) throws InterruptedException {
        step("Deploying " + folder.getFileName(), "a plain SAM template: it would deploy to AWS unchanged");
        try {
            ObjectNode template = TemplateText.read(Files.readString(folder.resolve("template.yaml")));
            addLocalOutputs(template);
            skipWhatCannotRun(template);
            Counting counting = new Counting(terminal, STACK);
            Deployment.Result result = new Deployment(calls, counting).run(template, folder, STACK, Map.of());
            if (!result.succeeded()) {
                broken.add("the deployment ended as " + result.status() + ": " + result.reason());
                return Optional.empty();
            }
            good(result.changed() ? counting.sum() : "nothing to change: the stack is there already");
            return Optional.of(result);
        } catch (IOException e) {
            broken.add("cannot read the application: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void skipWhatCannotRun(ObjectNode template) {
        Interpreters interpreters = new Interpreters();
        Map<String, String> skipped = SkippedFunctions.remove(
                template,
                runtime -> runtime.family() == Family.PROVIDED
                        || interpreters.nearest(runtime).isPresent());
        skipped.forEach((function, runtime) -> terminal.line("  " + terminal.yellow("- skipped ") + function
                + ": it wants " + runtime + ", which this machine does not have (see ./virga doctor)"));
        template.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals("AWS::Serverless::Function"))
                .forEach(resource -> functions.add(resource.getKey()));
    }

    /** The template's own output is the address on AWS; here the API is reached at this machine. */
    private static void addLocalOutputs(ObjectNode template) {
        ObjectNode outputs = (ObjectNode) template.get("Outputs");
        outputs.putObject("LocalApiUrl")
                .putObject("Value")
                .putArray("Fn::GetAtt")
                .add("Api")
                .add("ApiEndpoint");
        outputs.putObject("LocalQueueUrl").putObject("Value").put("Ref", "ChargeQueue");
    }

    private void send(Map<String, String> outputs) throws InterruptedException {
        Orders orders = new Orders(terminal, wall);
        if (functions.contains(ENTRANCE)) {
            String url = outputs.get("LocalApiUrl");
            step("Sending " + Orders.COUNT + " orders", "POST " + url + "/orders");
            broken.addAll(orders.post(url));
        } else {
            step("Putting " + Orders.COUNT + " orders into table and queue", ENTRANCE + " is skipped");
            orders.store(calls, outputs.get("OrdersTable"), outputs.get("LocalQueueUrl"));
        }
    }

    /** The functions that an order reaches: all that are there, but the shipments only through the charge. */
    private List<String> reached() {
        return functions.stream()
                .filter(function -> functions.contains(MIDDLE) || !SHIPMENTS.containsKey(function))
                .toList();
    }

    /** Waits until every order went its whole way; answers the last one's. */
    private Optional<Lineage> awaitStory(Instant began) throws InterruptedException {
        step("Following them", "through queue, bus and table stream");
        long started = wall.nanos();
        Duration passed = Duration.ZERO;
        while (passed.compareTo(PATIENCE) < 0) {
            List<Lineage> orders = orders(began);
            long done = orders.stream().filter(this::isWhole).count();
            if (done == Orders.COUNT) {
                good("all " + done + " went through " + String.join(", ", reached()) + " in " + Figures.of(passed));
                // The first one met the cold starts.
                return Optional.of(orders.getLast());
            }
            terminal.passing(
                    "  " + done + " of " + Orders.COUNT + " orders went their whole way, " + passed.toSeconds() + " s");
            wall.sleep(LOOK);
            passed = Duration.ofNanos(wall.nanos() - started);
        }
        return Optional.empty();
    }

    /** What failed on the orders' way, the same once, as the end of a sentence; empty where nothing did. */
    private String failures(Instant began) {
        List<String> failures = orders(began).stream()
                .flatMap(order -> order.records().stream())
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION && record.failed())
                .map(record -> Arn.parse(record.resources().getFirst()).name() + " failed as " + record.outcome() + ": "
                        + record.details().getOrDefault(Details.MESSAGE, "it says no more"))
                .map(words -> REQUEST_ID.matcher(words).replaceAll(""))
                .distinct()
                .toList();
        return failures.isEmpty() ? "" : "; " + String.join("; ", failures) + "; ./virga trace --logs tells more";
    }

    /** The newest orders: each begins with what the demo itself asked for. */
    private List<Lineage> orders(Instant began) {
        RecordFilter after = RecordFilter.between(began, Instant.MAX);
        RecordFilter first;
        if (functions.contains(ENTRANCE)) {
            first = after.operation("POST /orders").kind(CallRecord.Kind.REQUEST);
        } else {
            first = after.operation(functions.contains(MIDDLE) ? "SendMessage" : "PutItem")
                    .principal(new Principal.Root(environment.settings().accountId()).arn());
        }
        return records.read(snapshot -> snapshot.records(first, Orders.COUNT, Direction.BACKWARD).stream()
                .flatMap(record -> Lineage.of(snapshot, record.id()).stream())
                .toList());
    }

    /** Whether every function that an order reaches had its part in it. */
    private boolean isWhole(Lineage order) {
        return reached().stream()
                .allMatch(function -> invocationOf(order, function).isPresent());
    }

    private static Optional<CallRecord> invocationOf(Lineage order, String function) {
        String name = STACK + "-" + function + "-";
        return order.records().stream()
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION && !record.failed())
                .filter(record ->
                        Arn.parse(record.resources().getFirst()).name().startsWith(name))
                .findFirst();
    }

    private void tell(Lineage order) {
        step("The first order's story", "no instrumentation: each call is known by whose credentials made it");
        Names names = virga.names().of(environment.name());
        records.read(snapshot -> {
            TraceView view = TraceView.of(order, PriceList.usEast1(), names);
            terminal.line(TraceTree.draw(view, terminal.style(), terminal.width(), true));
            return view;
        });
    }

    /** Delivers the event of each shipment again, in forks, and compares what that leaves. */
    private void replay(Lineage order) throws InterruptedException {
        step("Delivering its event again", "in forks of the state it saw: EventBridge delivers at least once");
        Replay replay = new Replay(
                virga.cloud(), name -> virga.records().of(name).orElseThrow(), virga.crash(), Settling.DEFAULT);
        for (Map.Entry<String, Boolean> shipment : SHIPMENTS.entrySet()) {
            Optional<CallRecord> invocation = invocationOf(order, shipment.getKey());
            if (invocation.isEmpty()) {
                terminal.line("  " + terminal.yellow("- skipped ") + shipment.getKey() + ": no order reached it");
            } else {
                judge(replay, shipment.getKey(), invocation.get(), shipment.getValue());
            }
        }
    }

    private void judge(Replay replay, String function, CallRecord invocation, boolean faulty)
            throws InterruptedException {
        Judgement judgement = replay.judge(
                environment.name(),
                invocation.id(),
                Schedule.REDELIVERIES,
                1,
                progress -> terminal.passing("  " + function + ": " + progress));
        String name = "%-10s".formatted(function);
        boolean fault = judgement.verdict().isFault();
        // The differences follow line by line: the sentence would say them again.
        String words = fault
                ? judgement.verdict().words() + ", "
                        + judgement.witness().orElseThrow().schedule().words()
                : judgement.sentence();
        terminal.line("  " + (fault ? terminal.red("✗ ") : terminal.green("✓ ")) + terminal.bold(name) + "  " + words);
        judgement.witness().stream()
                .flatMap(trial -> trial.differences().stream())
                .forEach(difference -> terminal.paragraph("      ", difference.sentence()));
        if (fault) {
            terminal.line("      " + terminal.faint("prove it again  ") + "./" + judgement.command());
        }
        if (fault != faulty || judgement.verdict() == Verdict.INCONCLUSIVE) {
            broken.add(function + " was judged " + judgement.sentence());
        }
    }

    private void reviewTemplate() {
        step("What the template alone shows", "no event needed");
        List<Finding> findings = new Review(
                        virga.cloud(), name -> virga.records().of(name).orElseThrow(), virga.crash())
                .ofStack(environment.name(), STACK)
                .findings();
        findings.forEach(finding -> {
            terminal.line("  " + terminal.yellow("! ") + terminal.bold(finding.resource()) + "  "
                    + finding.rule().name() + " (rule " + finding.rule().number() + ")");
            terminal.paragraph("      ", finding.sentence());
        });
        if (findings.isEmpty()) {
            terminal.line("  " + terminal.green("✓ ") + "nothing");
        }
    }
}
