package virga.observe.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Times and money as people read them. */
final class Figures {
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final double SECOND = 1e9;

    private Figures() {}

    /** {@code 0.42 ms}, {@code 4.2 ms}, {@code 138 ms}, {@code 1.24 s}, {@code 2 m 05 s}, {@code 1 h 02 m}. */
    static String duration(long nanos) {
        if (nanos <= 0) {
            return "0 ms";
        }
        if (nanos < 9_950_000) {
            return format(nanos < MILLIS ? "%.2f ms" : "%.1f ms", Math.max(nanos, 10 * MICROS) / MILLIS);
        }
        if (nanos < 999.5 * MILLIS) {
            return format("%.0f ms", nanos / MILLIS);
        }
        if (nanos < 59.95 * SECOND) {
            return format(nanos < 9.995 * SECOND ? "%.2f s" : "%.1f s", nanos / SECOND);
        }
        long seconds = Math.round(nanos / SECOND);
        return seconds < 3600
                ? format("%d m %02d s", seconds / 60, seconds % 60)
                : format("%d h %02d m", seconds / 3600, seconds % 3600 / 60);
    }

    /** A part of a whole that is given in milliseconds. */
    static String millis(long nanos) {
        return format(nanos < 9_950_000 ? "%.1f" : "%.0f", nanos / MILLIS);
    }

    /** When something began, counted from the trace's beginning. */
    static String offset(long nanos) {
        return nanos <= 0 ? "0" : "+" + duration(nanos);
    }

    /** Dollars for a million: {@code 0.40}, {@code 12.30}; nothing where it costs nothing. */
    static String perMillion(BigDecimal dollars) {
        if (dollars.signum() == 0) {
            return "";
        }
        BigDecimal cents = dollars.setScale(2, RoundingMode.HALF_UP);
        return cents.signum() == 0 ? "<0.01" : cents.toPlainString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
