package virga.reviewer.replay;

import virga.kernel.function.FunctionEngine;

/** How workers die on purpose. */
public interface Crash {
    /** Ends every worker of an environment, so that the next event meets a cold one. */
    void strike(String environment);

    /** Ends the worker that handles an event, in the middle of it, as a machine that fails; false where there is none to end. */
    boolean kill(String invocationId);

    /** Ends the workers of {@code engine}. */
    static Crash of(FunctionEngine engine) {
        return new Crash() {
            @Override
            public void strike(String environment) {
                engine.retireEnvironment(environment);
            }

            @Override
            public boolean kill(String invocationId) {
                return engine.kill(invocationId);
            }
        };
    }
}
