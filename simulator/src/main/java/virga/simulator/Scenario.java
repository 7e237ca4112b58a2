package virga.simulator;

import java.util.List;
import virga.cloud.Service;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;
import virga.simulator.queue.QueueWorkload;
import virga.simulator.schedule.Simulation;

/** What one seed does: how many clients, how often the cloud is killed, and in what order everything happens. */
public final class Scenario {
    private static final int MOST_CRASHES = 4;
    private static final int CRASHES_WITHIN_COMMITS = 400;

    private Scenario() {}

    /** Runs {@code seed} on the cloud as it is. */
    public static Simulation.Run run(long seed) {
        return run(seed, List.of(new SqsService("http://127.0.0.1:4566", SqsLimits.AWS)));
    }

    /**
     * Runs {@code seed} on a cloud of these services.
     *
     * @throws virga.simulator.schedule.SimulationFailure where a promise is broken
     */
    public static Simulation.Run run(long seed, List<? extends Service> services) {
        Simulation simulation = new Simulation(seed);
        int crashes = simulation.chance("scenario").nextInt(MOST_CRASHES + 1);
        SimulatedCloud cloud = new SimulatedCloud(simulation, services, crashes, CRASHES_WITHIN_COMMITS);
        QueueWorkload queues = new QueueWorkload(simulation, cloud);
        simulation.note(queues + ", " + crashes + " crashes");
        return simulation.run(() -> {
            cloud.start();
            queues.run();
        });
    }
}
