package virga.server.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
import virga.kernel.system.SystemPorts;
import virga.observe.RecordFilter;
import virga.observe.Records;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;
import virga.observe.trace.TraceTree;
import virga.observe.trace.TraceView;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Settling;
import virga.reviewer.replay.Verdict;
import virga.server.Virga;
import virga.server.cli.DeploymentProgress;
import virga.server.cli.Terminal;
import virga.server.deploy.Deployment;
import virga.server.deploy.LocalCalls;
import virga.services.cloudformation.template.TemplateText;
import virga.store.Reading.Direction;

/**
 * Deploys the orders application, sends it orders over HTTP, and tells one order's story. Each step says whether it held; the demo holds
 * if all do.
 */
public final class Demo {
    private static final String STACK = "orders";
    private static final int ORDERS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final List<String> PRODUCTS = List.of("umbrella", "raincoat", "boots", "kite", "barometer");

    private final Virga virga;
    private final LiveEnvironment environment;
    private final Records records;
    private final Clock wall;
    private final Terminal terminal;
    private final List<String> broken = new ArrayList<>();

    public Demo(Virga virga, Terminal terminal) {
        this.virga = virga;
        this.environment = virga.cloud().environment(Cloud.DEFAULT_ENVIRONMENT);
        this.records = virga.records().of(environment.name()).orElseThrow();
        // The environment's own clock may have been moved; waiting is on the machine's.
        this.wall = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        this.terminal = terminal;
    }

    /** The steps that did not hold, in words; empty where all did. @param folder of the application */
    public List<String> run(Path folder) throws InterruptedException {
        Optional<Deployment.Result> deployed = deploy(folder);
        if (deployed.isEmpty()) {
            return broken;
        }
        String url = deployed.get()
                .outputs()
                .getOrDefault("LocalApiUrl", deployed.get().outputs().getOrDefault("ApiUrl", ""));
        Instant began = environment.ports().clock().now();
        if (send(url)) {
            Optional<Lineage> order = awaitStory(began);
            if (order.isPresent()) {
                tell(order.get());
                review(order.get());
            } else {
                broken.add("no order came through all five functions in " + PATIENCE.toSeconds() + " s");
            }
        }
        return broken;
    }

    private void step(String title) {
        terminal.line();
        terminal.line(terminal.bold(title));
    }

    private Optional<Deployment.Result> deploy(Path folder) throws InterruptedException {
        step("Deploying " + folder.getFileName() + " (a plain SAM template: it would deploy to AWS unchanged)");
        try {
            ObjectNode template = TemplateText.read(Files.readString(folder.resolve("template.yaml")));
            addLocalUrl(template);
            Deployment.Result result = new Deployment(
                            new LocalCalls(environment, wall), new DeploymentProgress(terminal))
                    .run(template, folder, STACK, Map.of());
            if (!result.succeeded()) {
                broken.add("the deployment ended as " + result.status() + ": " + result.reason());
                return Optional.empty();
            }
            return Optional.of(result);
        } catch (IOException e) {
            broken.add("cannot read the application: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The template's own output is the address on AWS; here the API is reached at this machine. */
    private static void addLocalUrl(ObjectNode template) {
        ObjectNode value =
                ((ObjectNode) template.get("Outputs")).putObject("LocalApiUrl").putObject("Value");
        value.putArray("Fn::GetAtt").add("Api").add("ApiEndpoint");
    }

    private boolean send(String url) throws InterruptedException {
        step("Sending " + ORDERS + " orders to " + url + "/orders");
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < ORDERS; i++) {
                String body = "{\"product\":\"" + PRODUCTS.get(i) + "\",\"quantity\":" + (i + 1) + "}";
                long started = wall.nanos();
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/orders"))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                long millis = Duration.ofNanos(wall.nanos() - started).toMillis();
                boolean good = response.statusCode() == 202;
                terminal.line("  " + (good ? terminal.green("✓ ") : terminal.red("✗ ")) + "POST /orders " + body + "  "
                        + response.statusCode() + "  " + millis + " ms  " + terminal.faint(response.body()));
                if (!good) {
                    broken.add("an order was answered with " + response.statusCode() + ": " + response.body());
                }
            }
            return broken.isEmpty();
        } catch (IOException e) {
            broken.add("the API did not answer: " + e.getMessage());
            return false;
        }
    }

    /** Waits until every order went its whole way; answers the last one's. */
    private Optional<Lineage> awaitStory(Instant began) throws InterruptedException {
        step("Following the orders through queue, bus and stream");
        Instant giveUp = wall.now().plus(PATIENCE);
        int shown = -1;
        while (wall.now().isBefore(giveUp)) {
            List<Lineage> orders = orders(began);
            int done = (int) orders.stream().filter(Demo::isWhole).count();
            if (done != shown) {
                terminal.line("  " + done + " of " + ORDERS + " orders charged, shipped and audited");
                shown = done;
            }
            if (done == ORDERS) {
                return Optional.of(orders.getFirst());
            }
            wall.sleep(LOOK);
        }
        return Optional.empty();
    }

    private List<Lineage> orders(Instant began) {
        RecordFilter posts = RecordFilter.between(began, Instant.MAX)
                .operation("POST /orders")
                .kind(CallRecord.Kind.REQUEST);
        return records.read(snapshot -> snapshot.records(posts, ORDERS, Direction.BACKWARD).stream()
                .flatMap(post -> Lineage.of(snapshot, post.id()).stream())
                .toList());
    }

    /** Whether all five functions had their part in it, the audit for both changes of the order. */
    private static boolean isWhole(Lineage order) {
        List<String> functions = order.records().stream()
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION && !record.failed())
                .map(record -> record.resources().getFirst())
                .toList();
        long different = functions.stream().distinct().count();
        return different >= 5;
    }

    /** Delivers the event of each shipment again, in forks, and compares what that leaves. */
    private void review(Lineage order) throws InterruptedException {
        step("Delivering its event again, in forks of the state it saw (EventBridge delivers at least once)");
        Replay replay = new Replay(
                virga.cloud(), name -> virga.records().of(name).orElseThrow(), virga.crash(), Settling.DEFAULT);
        judge(replay, order, "-Ship-", true);
        judge(replay, order, "-ShipOnce-", false);
    }

    private void judge(Replay replay, Lineage order, String function, boolean faulty) throws InterruptedException {
        CallRecord invocation = order.records().stream()
                .filter(record -> record.kind() == CallRecord.Kind.INVOCATION)
                .filter(record -> record.resources().getFirst().contains(function))
                .findFirst()
                .orElseThrow();
        Judgement judgement = replay.judge(
                environment.name(),
                invocation.id(),
                EnumSet.allOf(Schedule.class),
                1,
                progress -> terminal.line("    " + terminal.faint(progress)));
        String name = Arn.parse(invocation.resources().getFirst()).name();
        boolean fault = judgement.verdict().isFault();
        terminal.line("  " + (fault ? terminal.red("✗ ") : terminal.green("✓ ")) + terminal.bold(name) + "  "
                + judgement.sentence());
        judgement.witness().stream()
                .flatMap(trial -> trial.differences().stream())
                .forEach(difference -> terminal.line("      " + difference.sentence()));
        if (fault != faulty || judgement.verdict() == Verdict.INCONCLUSIVE) {
            broken.add(name + " was judged " + judgement.sentence());
        }
    }

    private void tell(Lineage order) {
        step("One order's story");
        records.read(snapshot -> {
            TraceView view = TraceView.of(order, PriceList.usEast1());
            terminal.line(TraceTree.draw(view, terminal.style(), terminal.width(), true));
            return view;
        });
    }
}
