package virga.observe.trace;

/**
 * How text is set on a terminal.
 *
 * @param colours ANSI colours, for terminals
 * @param ascii only ASCII, for terminals and logs that know nothing else
 */
public record Style(boolean colours, boolean ascii) {
    public static final Style PLAIN = new Style(false, false);
    public static final Style COLOURED = new Style(true, false);
    public static final Style ASCII = new Style(false, true);

    /** What colours stand for. */
    enum Ink {
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        FUNCTION("1;36"),
        COLD("34"),
        BAR("36");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    String paint(Ink ink, String text) {
        return colours && !text.isBlank() ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
    }

    String branch() {
        return ascii ? "|- " : "├─ ";
    }

    String lastBranch() {
        return ascii ? "`- " : "╰─ ";
    }

    String trunk() {
        return ascii ? "|  " : "│  ";
    }

    String function() {
        return ascii ? "fn " : "λ ";
    }

    String cross() {
        return ascii ? "x" : "✗";
    }

    String snow() {
        return ascii ? "*" : "❄";
    }

    String quote() {
        return ascii ? "> " : "▏ ";
    }

    String again() {
        return ascii ? "^" : "↑";
    }

    String dot() {
        return ascii ? " - " : " · ";
    }

    String full() {
        return ascii ? "#" : "█";
    }

    String shade() {
        return ascii ? ":" : "▒";
    }

    String sliver() {
        return ascii ? "|" : "▏";
    }

    /** {@code text} in at most {@code width} columns, with control characters made visible as blanks. */
    String fit(String text, int width) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ");
        int length = clean.codePointCount(0, clean.length());
        if (length <= width) {
            return clean;
        }
        String mark = ascii ? "~" : "…";
        return width < 1 ? "" : clean.substring(0, clean.offsetByCodePoints(0, width - 1)) + mark;
    }
}
