package virga.reviewer.replay;

import java.util.Arrays;
import java.util.Optional;

/** A way in which AWS may deliver an event more than once. */
public enum Schedule {
    DUPLICATE("a", "delivered again after success"),
    AT_ONCE("b", "two copies at once"),
    CRASH("c", "crash, then delivered again");

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
