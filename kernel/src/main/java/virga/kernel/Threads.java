package virga.kernel;

/** Starts threads. Virtual ones in a running cloud; ones with a seeded scheduler in a simulation. */
public interface Threads {
    /** Starts {@code body}; an exception that escapes it is a bug and is reported as one. */
    Thread start(String name, Runnable body);
}
