package virga.engine.isolation;

import java.io.IOException;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;

/** The place where one worker's process runs. Closing it ends every process in it and removes what it left behind. */
public interface Sandbox extends AutoCloseable {
    /** Where the worker finds its files. */
    Placement placement();

    /** Starts the worker's process. Called once. */
    Process start(LaunchPlan plan) throws IOException;

    /** Gives a running sandbox its function. @throws IllegalStateException where {@link Isolation#furnishesLater} is false */
    void furnish(Furnishing furnishing) throws IOException;

    /** Sets the share of the processors; where the machine can not, it makes no difference. */
    void prioritise(Priority priority);

    /** What the worker has got of the processors so far. */
    ProcessorTime processorTime();

    /** Stops every process in the sandbox where it is, until {@link #thaw}. */
    void freeze();

    void thaw();

    /** Ends every process in the sandbox at once. */
    void kill();

    /** The most memory that the worker has used so far. */
    int maxMemoryMegabytes();

    /** Looks at the memory in use and settles it: false where the worker has more than its function may have, and must end. */
    boolean withinMemory();

    @Override
    void close();
}
