package virga.reviewer.replay;

/** Ends every worker of an environment, as a machine that failed: the function engine's {@code retireEnvironment}. */
@FunctionalInterface
public interface Crash {
    void strike(String environment);
}
