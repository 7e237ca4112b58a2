package virga.simulator.schedule;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of our own. The JDK has this for its own tests alone, so it is reached by reflection and needs {@code
 * --add-opens java.base/java.lang=ALL-UNNAMED}; a later JDK may take it away.
 */
public final class VirtualThreadSchedulers {
    private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

    private VirtualThreadSchedulers() {}

    /** Why this Java gives virtual threads no scheduler of ours; empty where it does. */
    public static Optional<String> missing() {
        try {
            constructor();
            return Optional.empty();
        } catch (ReflectiveOperationException gone) {
            return Optional.of("Java " + Runtime.version() + " has no " + BUILDER
                    + "(Executor) any more: the simulator can not put threads in order");
        } catch (InaccessibleObjectException closed) {
            return Optional.of("start Java with --add-opens java.base/java.lang=ALL-UNNAMED");
        }
    }

    /** Builds virtual threads whose continuations are handed to {@code scheduler} whenever they can go on. */
    static Thread.Builder.OfVirtual builder(Executor scheduler) {
        try {
            return (Thread.Builder.OfVirtual) constructor().newInstance(scheduler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(missing().orElse("no scheduler for virtual threads"), e);
        }
    }

    private static Constructor<?> constructor() throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
        constructor.setAccessible(true);
        return constructor;
    }
}
