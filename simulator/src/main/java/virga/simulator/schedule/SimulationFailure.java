package virga.simulator.schedule;

/** A simulation found a broken promise. The message has the seed, the step, the invariant and the last records. */
public final class SimulationFailure extends RuntimeException {
    private final String invariant;

    SimulationFailure(String invariant, String message, Throwable cause) {
        super(message, cause);
        this.invariant = invariant;
    }

    /** The promise that was broken, by its short name. */
    public String invariant() {
        return invariant;
    }
}
