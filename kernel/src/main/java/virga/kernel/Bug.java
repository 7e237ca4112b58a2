package virga.kernel;

/** A broken promise inside Virga. Never an answer to a client's mistake: that is a {@link Fault}. Stops a simulation. */
public final class Bug extends RuntimeException {
    public Bug(String message) {
        super(message);
    }

    public Bug(String message, Throwable cause) {
        super(message, cause);
    }
}
