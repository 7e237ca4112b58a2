package virga.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import virga.observe.trace.Style;

/** Where commands write: width, colours, and the two streams. */
public final class Terminal {
    private static final int STANDARD_WIDTH = 120;
    private static final int NARROWEST = 60;

    private final PrintWriter out;
    private final PrintWriter err;
    private final Style style;
    private final int width;

    public Terminal(PrintWriter out, PrintWriter err, Style style, int width) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.width = width;
    }

    /** The process's own: coloured where a person looks on and NO_COLOR is not set. */
    public static Terminal ofProcess() {
        boolean person = System.console() != null && System.console().isTerminal();
        boolean colours = person && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(utf8(System.out), utf8(System.err), colours ? Style.COLOURED : Style.PLAIN, columns());
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int columns() {
        String columns = System.getenv("COLUMNS");
        if (columns == null || !columns.matches("\\d{1,4}")) {
            return STANDARD_WIDTH;
        }
        return Math.max(NARROWEST, Integer.parseInt(columns));
    }

    public Style style() {
        return style;
    }

    public int width() {
        return width;
    }

    public void line(String text) {
        out.println(text);
    }

    public void line() {
        out.println();
    }

    /** To the error stream, which a pipe does not carry on. */
    public void note(String text) {
        err.println(text);
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    public String faint(String text) {
        return coloured("2", text);
    }

    public String green(String text) {
        return coloured("32", text);
    }

    public String red(String text) {
        return coloured("31", text);
    }

    public String yellow(String text) {
        return coloured("33", text);
    }

    private String coloured(String code, String text) {
        return style.colours() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
