package virga.simulator;

import virga.cloud.Settings;
import virga.kernel.Bug;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;

/** What clients want of a cloud in one run, and the code of the functions that they deploy to it. */
public interface Workload {
    /** Runs the whole of it, on a thread outside the cloud; broken promises go to the simulation. */
    void run();

    /** The code of every function: what it returns for an event. @throws InterruptedException where its worker is stopped */
    default String handle(FunctionVersion function, Invocation invocation) throws InterruptedException {
        throw new Bug("nobody deployed " + function.arn());
    }

    /** How many events the workers of one account handle at once. */
    default int accountConcurrency() {
        return Settings.DEFAULT.accountConcurrency();
    }
}
