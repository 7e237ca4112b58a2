package virga.simulator.schedule;

import virga.kernel.Threads;

/** The threads of one simulated process. Once killed, none of them ever goes on: not to a finally block, not to an answer. */
public final class SeededThreads implements Threads {
    private final Simulation simulation;
    private final String process;
    private boolean killed;

    SeededThreads(Simulation simulation, String process) {
        this.simulation = simulation;
        this.process = process;
    }

    @Override
    public Thread start(String name, Runnable body) {
        return simulation.start(this, process + "/" + name, body);
    }

    /** As {@code kill -9}: every thread stops where it stands. A thread that kills its own process must give way at once. */
    public void kill() {
        killed = true;
        simulation.note("killed " + process);
    }

    boolean killed() {
        return killed;
    }
}
