package virga.services.patterns;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.RuleCompiler;
import virga.kernel.Bug;

/** A compiled event pattern. Source: "Amazon EventBridge event patterns", EventBridge User Guide; compiled by AWS's own event-ruler. */
public final class EventPattern {
    private static final int MOST_REMEMBERED = 1000;
    private static final Map<String, EventPattern> COMPILED = new ConcurrentHashMap<>();

    private final Machine machine;

    private EventPattern(Machine machine) {
        this.machine = machine;
    }

    /** What is wrong with {@code pattern}, in the compiler's words; empty where it is a pattern. */
    public static Optional<String> mistake(String pattern) {
        return Optional.ofNullable(RuleCompiler.check(pattern));
    }

    /** The pattern, compiled once. It must have been {@linkplain #mistake checked}. */
    public static EventPattern of(String pattern) {
        if (COMPILED.size() > MOST_REMEMBERED) {
            COMPILED.clear();
        }
        return COMPILED.computeIfAbsent(pattern, EventPattern::compile);
    }

    private static EventPattern compile(String pattern) {
        Machine machine = Machine.builder().build();
        try {
            machine.addRule("it", pattern);
        } catch (IOException e) {
            throw new Bug("a pattern that was checked does not compile: " + pattern, e);
        }
        return new EventPattern(machine);
    }

    /** @param event a JSON object */
    public boolean matches(String event) {
        try {
            return !machine.rulesForJSONEvent(event).isEmpty();
        } catch (Exception e) { // event-ruler declares no narrower one
            throw new Bug("an event that is not a JSON object: " + event, e);
        }
    }
}
