package virga.server.demo;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
final class Figures {
    private Figures() {}

    /** {@code 84 ms}, {@code 1.46 s}, {@code 76.1 s}. */
    static String of(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
    }
}
