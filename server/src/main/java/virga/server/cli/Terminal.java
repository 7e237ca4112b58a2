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
    private final boolean redraws;
    private boolean passing;

    public Terminal(PrintWriter out, PrintWriter err, Style style, int width) {
        this(out, err, style, width, false);
    }

    /** @param redraws whether a person looks at the error stream, so that a line there can be drawn over */
    Terminal(PrintWriter out, PrintWriter err, Style style, int width, boolean redraws) {
        this.out = out;
        this.err = err;
        this.style = style;
        this.width = width;
        this.redraws = redraws;
    }

    /**
     * The process's own: coloured where a person looks on and NO_COLOR is not set. Whether the error stream is a terminal only the launcher
     * can tell: it sets VIRGA_ERRORS_SEEN.
     */
    public static Terminal ofProcess() {
        boolean person = System.console() != null && System.console().isTerminal();
        boolean colours = person && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        boolean redraws = System.getenv("VIRGA_ERRORS_SEEN") != null && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                utf8(System.out), utf8(System.err), colours ? Style.COLOURED : Style.PLAIN, columns(), redraws);
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

    public synchronized void line(String text) {
        wipe();
        out.println(text);
        out.flush();
    }

    public void line() {
        line("");
    }

    /** To the error stream, which a pipe does not carry on. */
    public synchronized void note(String text) {
        wipe();
        err.println(text);
        err.flush();
    }

    boolean redraws() {
        return redraws;
    }

    /** Words that stand on the error stream's last line until something else is said; nothing where no person sees it. */
    public synchronized void passing(String words) {
        wipe();
        if (redraws && !words.isEmpty()) {
            err.print(faint(words.substring(0, Math.min(words.length(), width - 1))));
            err.flush();
            passing = true;
        }
    }

    private void wipe() {
        if (passing) {
            err.print("\r\u001b[2K");
            err.flush();
            passing = false;
        }
    }

    /** {@code text} in lines that fit, each behind {@code indent}; a word that is longer than a line is left whole. */
    public void paragraph(String indent, String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > width) {
                line(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(indent + line);
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
