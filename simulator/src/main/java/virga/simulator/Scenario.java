package virga.simulator;

import java.util.List;
import virga.cloud.Service;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.dynamodb.DynamoDbStreamsService;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.simulator.queue.QueueWorkload;
import virga.simulator.schedule.Simulation;
import virga.simulator.table.TableWorkload;

/** What one seed does: what clients want, how often the cloud is killed, and in what order everything happens. */
public final class Scenario {
    private static final int MOST_CRASHES = 4;
    /** Runs have 100 to 300 commits. */
    private static final int CRASHES_WITHIN_COMMITS = 120;

    private Scenario() {}

    /** Runs {@code seed} on the cloud as it is: queues for even seeds, a table for odd ones. */
    public static Simulation.Run run(long seed) {
        return seed % 2 == 0
                ? queues(seed, List.of(new SqsService("http://127.0.0.1:4566", SqsLimits.AWS)))
                : table(
                        seed,
                        List.of(
                                new DynamoDbService(DynamoDbLimits.AWS),
                                new DynamoDbStreamsService(DynamoDbLimits.AWS)));
    }

    /**
     * Runs the clients of queues on a cloud of these services.
     *
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run queues(long seed, List<? extends Service> services) {
        Simulation simulation = new Simulation(seed);
        SimulatedCloud cloud = cloud(simulation, services);
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
        SimulatedCloud cloud = cloud(simulation, services);
        TableWorkload table = new TableWorkload(simulation, cloud);
        simulation.note(table.toString());
        return simulation.run(() -> {
            cloud.start();
            table.run();
        });
    }

    private static SimulatedCloud cloud(Simulation simulation, List<? extends Service> services) {
        int crashes = simulation.chance("scenario").nextInt(MOST_CRASHES + 1);
        simulation.note(crashes + " crashes");
        return new SimulatedCloud(simulation, services, crashes, CRASHES_WITHIN_COMMITS);
    }
}
