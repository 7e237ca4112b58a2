package virga.services.cloudformation.stack;

/** The names of signals that stacks raise. */
public final class StackSignals {
    private StackSignals() {}

    /** Raised whenever the stack's state changes. */
    public static String of(String stackArn) {
        return "cloudformation/stack/" + stackArn;
    }
}
