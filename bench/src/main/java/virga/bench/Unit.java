package virga.bench;

import java.util.Locale;

/** What a sample counts. */
public enum Unit {
    NANOSECONDS {
        @Override
        String words(double value) {
            if (value < 1e6) {
                return number(value / 1e3) + " µs";
            }
            return value < 1e9 ? number(value / 1e6) + " ms" : number(value / 1e9) + " s";
        }
    },
    BYTES {
        @Override
        String words(double value) {
            return number(value / 1e6) + " MB";
        }
    };

    abstract String words(double value);

    /** Three digits that count. */
    static String number(double value) {
        String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
