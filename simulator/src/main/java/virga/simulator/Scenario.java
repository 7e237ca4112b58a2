package virga.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
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
import virga.simulator.function.CallWorkload;
import virga.simulator.function.EventWorkload;
import virga.simulator.function.QueueMappingWorkload;
import virga.simulator.function.SimulatedFunctions;
import virga.simulator.function.StreamWorkload;
import virga.simulator.queue.QueueWorkload;
import virga.simulator.schedule.Simulation;
import virga.simulator.table.TableWorkload;

/** What is done to a cloud, by its name; a seed says how, how often the cloud is killed, and in what order everything happens. */
public enum Scenario {
    QUEUES(QueueWorkload::new),
    TABLE(TableWorkload::new),
    STREAM(StreamWorkload::new),
    EVENTS(EventWorkload::new),
    MAPPING(QueueMappingWorkload::new),
    CALLS(CallWorkload::new);

    private static final String ENDPOINT = "http://127.0.0.1:4566";
    private static final int MOST_CRASHES = 4;
    /** Runs have 100 to 300 commits. */
    private static final int CRASHES_WITHIN_COMMITS = 120;

    private final BiFunction<Simulation, SimulatedCloud, Workload> workload;

    Scenario(BiFunction<Simulation, SimulatedCloud, Workload> workload) {
        this.workload = workload;
    }

    /** The one that a seed picks where nobody does. */
    public static Scenario of(long seed) {
        return values()[Math.floorMod(seed, values().length)];
    }

    /** By its name, in small letters. */
    public static Optional<Scenario> named(String name) {
        return Stream.of(values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs it on the cloud as it is.
     *
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public Simulation.Run run(long seed) {
        return run(seed, service -> service);
    }

    /** As {@link #run(long)}. @param plant changes a service, or leaves it */
    public Simulation.Run run(long seed, UnaryOperator<Service> plant) {
        return run(seed, plant, engine -> engine);
    }

    /** As {@link #run(long, UnaryOperator)}. @param engine what runs the functions, changed or as it is */
    public Simulation.Run run(long seed, UnaryOperator<Service> plant, UnaryOperator<FunctionEngine> engine) {
        Simulation simulation = new Simulation(seed);
        int crashes = simulation.chance("scenario").nextInt(MOST_CRASHES + 1);
        simulation.note(crashes + " crashes");
        AtomicReference<Workload> clients = new AtomicReference<>();
        SimulatedCloud cloud = new SimulatedCloud(
                simulation,
                () -> services(engine.apply(new SimulatedFunctions(clients.get()))).stream()
                        .map(plant)
                        .toList(),
                crashes,
                CRASHES_WITHIN_COMMITS);
        clients.set(workload.apply(simulation, cloud));
        simulation.note(clients.get().toString());
        return simulation.run(() -> {
            cloud.start();
            clients.get().run();
        });
    }

    private static List<Service> services(FunctionEngine engine) {
        return List.of(
                new SqsService(ENDPOINT, SqsLimits.AWS),
                new DynamoDbService(DynamoDbLimits.AWS),
                new DynamoDbStreamsService(DynamoDbLimits.AWS),
                new EventsService(EventsLimits.AWS),
                new LambdaService(engine, ENDPOINT, LambdaLimits.AWS));
    }
}
