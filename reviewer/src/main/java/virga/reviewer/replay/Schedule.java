package virga.reviewer.replay;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A way in which AWS may deliver an event more than once, or may show a function less than it has written. */
public enum Schedule {
    DUPLICATE("a", "delivered again after success"),
    AT_ONCE("b", "two copies at once"),
    CRASH("c", "crash, then delivered again"),
    /** The event comes once; eventually consistent reads lag behind writes. */
    STALE("s", "delivered once, reads lag behind writes");

    /** Those in which the event comes more than once: what an idempotent function bears. */
    public static final Set<Schedule> REDELIVERIES = Collections.unmodifiableSet(EnumSet.of(DUPLICATE, AT_ONCE, CRASH));

    private final String letter;
    private final String words;

    Schedule(String letter, String words) {
        this.letter = letter;
        this.words = words;
    }

    /** What commands call it. */
    public String letter() {
        return letter;
    }

    public String words() {
        return words;
    }

    public static Optional<Schedule> of(String letter) {
        return Arrays.stream(values())
                .filter(schedule -> schedule.letter.equals(letter))
                .findFirst();
    }
}
