package virga.simulator;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import virga.cloud.Service;
import virga.kernel.function.FunctionEngine;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.dynamodb.DynamoDbStreamsService;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.simulator.function.EventWorkload;
import virga.simulator.function.SimulatedFunctions;
import virga.simulator.function.StreamWorkload;
import virga.simulator.queue.QueueWorkload;
import virga.simulator.schedule.Simulation;
import virga.simulator.table.TableWorkload;

/** What one seed does: what clients want, how often the cloud is killed, and in what order everything happens. */
public final class Scenario {
    private static final String ENDPOINT = "http://127.0.0.1:4566";
    private static final int KINDS = 3;
    private static final int MOST_CRASHES = 4;
    /** Runs have 100 to 300 commits. */
    private static final int CRASHES_WITHIN_COMMITS = 120;

    private Scenario() {}

    /** Runs {@code seed} on the cloud as it is; its remainder picks who works on it. */
    public static Simulation.Run run(long seed) {
        return switch (Math.floorMod(seed, KINDS)) {
            case 0 -> queues(seed, List.of(queueService()));
            case 1 -> table(seed, List.of(new DynamoDbService(DynamoDbLimits.AWS), streamService()));
            default ->
                Math.floorMod(seed / KINDS, 2) == 0
                        ? stream(seed, service -> service)
                        : events(seed, engine -> engine, service -> service);
        };
    }

    private static Service queueService() {
        return new SqsService(ENDPOINT, SqsLimits.AWS);
    }

    private static Service streamService() {
        return new DynamoDbStreamsService(DynamoDbLimits.AWS);
    }

    /**
     * Runs those who invoke a function asynchronously and put events on a bus.
     *
     * @param engine what runs the functions, changed or as it is
     * @param plant changes a service, or leaves it
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run events(long seed, UnaryOperator<FunctionEngine> engine, UnaryOperator<Service> plant) {
        Simulation simulation = new Simulation(seed);
        AtomicReference<EventWorkload> events = new AtomicReference<>();
        SimulatedCloud cloud = cloud(
                simulation,
                () -> Stream.of(
                                queueService(),
                                new EventsService(EventsLimits.AWS),
                                new LambdaService(
                                        engine.apply(new SimulatedFunctions(events.get()::handle)),
                                        ENDPOINT,
                                        LambdaLimits.AWS))
                        .map(plant)
                        .toList());
        events.set(new EventWorkload(simulation, cloud));
        simulation.note(events.get().toString());
        return simulation.run(() -> {
            cloud.start();
            events.get().run();
        });
    }

    /**
     * Runs those who change a table whose stream is mapped to a function.
     *
     * @param plant changes a service, or leaves it
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run stream(long seed, UnaryOperator<Service> plant) {
        Simulation simulation = new Simulation(seed);
        AtomicReference<StreamWorkload> stream = new AtomicReference<>();
        SimulatedCloud cloud = cloud(
                simulation,
                () -> Stream.of(
                                queueService(),
                                new DynamoDbService(DynamoDbLimits.AWS),
                                streamService(),
                                new LambdaService(
                                        new SimulatedFunctions(stream.get()::handle), ENDPOINT, LambdaLimits.AWS))
                        .map(plant)
                        .toList());
        stream.set(new StreamWorkload(simulation, cloud));
        simulation.note(stream.get().toString());
        return simulation.run(() -> {
            cloud.start();
            stream.get().run();
        });
    }

    /**
     * Runs the clients of queues on a cloud of these services.
     *
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run queues(long seed, List<? extends Service> services) {
        Simulation simulation = new Simulation(seed);
        SimulatedCloud cloud = cloud(simulation, () -> services);
        QueueWorkload queues = new QueueWorkload(simulation, cloud);
        simulation.note(queues.toString());
        return simulation.run(() -> {
            cloud.start();
            queues.run();
        });
    }

    /**
     * Runs the clients of a table on a cloud of these services.
     *
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run table(long seed, List<? extends Service> services) {
        Simulation simulation = new Simulation(seed);
        SimulatedCloud cloud = cloud(simulation, () -> services);
        TableWorkload table = new TableWorkload(simulation, cloud);
        simulation.note(table.toString());
        return simulation.run(() -> {
            cloud.start();
            table.run();
        });
    }

    private static SimulatedCloud cloud(Simulation simulation, Supplier<? extends List<? extends Service>> services) {
        int crashes = simulation.chance("scenario").nextInt(MOST_CRASHES + 1);
        simulation.note(crashes + " crashes");
        return new SimulatedCloud(simulation, services, crashes, CRASHES_WITHIN_COMMITS);
    }
}
