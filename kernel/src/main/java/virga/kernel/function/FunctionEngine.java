package virga.kernel.function;

import java.util.List;

/** Runs functions. Invocations block their thread until the outcome is known; one worker handles one event at a time. */
public interface FunctionEngine {
    /**
     * Whether this machine can run {@code version}: the interpreter is there, the package is sound and for this
     * architecture. Empty where it can; otherwise clear words for the person who deploys it. A missing handler is no reason: Lambda
     * takes such a function, and fails its invocations.
     */
    String refusal(FunctionVersion version);

    /** Warnings for the person who deploys: a neighbouring runtime version that will be used, isolation not in force. */
    List<String> warnings(FunctionVersion version);

    Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException;

    /** Ends the idle workers of every version of the function; busy ones end after their event. */
    void retire(String functionArn);

    /**
     * Kills the worker that handles the event {@code requestId}, in the middle of it, as a machine that fails; its invocation fails.
     *
     * @return false where no worker handles it, or the engine has nothing to kill
     */
    default boolean kill(String requestId) {
        return false;
    }

    /** Ends all workers of an environment, busy or not: the environment is being deleted or reset. */
    void retireEnvironment(String environment);
}
