package virga.observe.trace;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import virga.kernel.CallRecord;
import virga.kernel.Plural;
import virga.observe.logs.LogEvent;
import virga.observe.trace.Style.Ink;
import virga.observe.trace.TraceView.ColdStart;
import virga.observe.trace.TraceView.Node;

/**
 * A trace drawn for a terminal: a tree on the left, and in columns when each thing began, how long it took, what a million of it
 * would cost and how it ended. Where there is room, bars show the same on a line of time.
 */
public final class TraceTree {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Lines of the platform's own say again what the tree's columns say; they are read in the log itself. */
    private static final Pattern PLATFORM_LINE =
            Pattern.compile("(START|END|REPORT) RequestId: |XRAY TraceId: |INIT_START Runtime Version: ");

    private final TraceView view;
    private final Style style;
    private final boolean logs;
    private final List<Row> rows = new ArrayList<>();

    private TraceTree(TraceView view, Style style, boolean logs) {
        this.view = view;
        this.style = style;
        this.logs = logs;
    }

    /**
     * @param width of the terminal, columns; no line is longer
     * @param logs whether the lines that functions wrote stand beside their invocations
     * @return lines, each ended by a line feed
     */
    public static String draw(TraceView view, Style style, int width, boolean logs) {
        return new TraceTree(view, style, logs).draw(Math.max(width, TraceColumns.NARROWEST));
    }

    /** A line of the tree: a record, or something said below it. */
    private sealed interface Row {
        /** The branches before it. */
        String prefix();

        record Of(String prefix, Node node) implements Row {}

        record Note(String prefix, String text, Ink ink) implements Row {}
    }

    private String draw(int width) {
        for (Node root : view.roots()) {
            add(root, "", "");
        }
        int longest = rows.stream()
                .filter(Row.Of.class::isInstance)
                .mapToInt(row ->
                        row.prefix().length() + label(((Row.Of) row).node).length())
                .max()
                .orElse(0);
        TraceColumns columns = TraceColumns.fit(view, style, width, longest);
        StringBuilder out = new StringBuilder();
        line(out, columns.header());
        for (Row row : rows) {
            switch (row) {
                case Row.Of of -> line(out, record(of, columns));
                case Row.Note note ->
                    line(
                            out,
                            style.paint(Ink.FAINT, note.prefix)
                                    + style.paint(note.ink, style.fit(note.text, width - note.prefix.length())));
            }
        }
        out.append('\n');
        for (String words : summary()) {
            line(out, style.paint(Ink.FAINT, style.fit(words, width)));
        }
        return out.toString();
    }

    /** @param here the branches up to this node; {@code below} those of what hangs below it */
    private void add(Node node, String here, String below) {
        rows.add(new Row.Of(here, node));
        String trunk = below + (node.children().isEmpty() ? "   " : style.trunk());
        if (node.repeated()) {
            return;
        }
        if (node.coldStart().isCold()) {
            rows.add(new Row.Note(trunk, cold(node.coldStart()), Ink.COLD));
        }
        if (!node.message().isEmpty()) {
            rows.add(new Row.Note(trunk, style.cross() + " " + node.message(), Ink.BAD));
        }
        if (logs) {
            for (LogEvent event : node.logs()) {
                event.message()
                        .strip()
                        .lines()
                        .filter(line -> !PLATFORM_LINE.matcher(line).lookingAt())
                        .forEach(line -> rows.add(new Row.Note(trunk, style.quote() + line, Ink.FAINT)));
            }
        }
        for (int i = 0; i < node.children().size(); i++) {
            boolean last = i == node.children().size() - 1;
            add(
                    node.children().get(i),
                    below + (last ? style.lastBranch() : style.branch()),
                    below + (last ? "   " : style.trunk()));
        }
    }

    private String cold(ColdStart cold) {
        String parts = "unpack " + Figures.millis(cold.unpackNanos()) + style.dot() + "process "
                + Figures.millis(cold.processNanos()) + style.dot() + "handler " + Figures.millis(cold.handlerNanos());
        boolean broken = cold.unpackNanos() + cold.processNanos() + cold.handlerNanos() > 0;
        return style.snow() + " cold start " + Figures.duration(cold.initNanos()) + (broken ? " = " + parts : "");
    }

    private String record(Row.Of row, TraceColumns columns) {
        Node node = row.node;
        String plain = style.fit(row.prefix + label(node), columns.nameWidth());
        String padding = " ".repeat(columns.nameWidth() - plain.codePointCount(0, plain.length()));
        String prefix = plain.substring(0, Math.min(row.prefix.length(), plain.length()));
        String name = plain.substring(prefix.length());
        Ink ink = node.kind() == CallRecord.Kind.INVOCATION ? Ink.FUNCTION : Ink.STRONG;
        // The name is strong and the target behind it is not.
        int cut = Math.min(name.length(), title(node).length());
        return style.paint(Ink.FAINT, prefix)
                + style.paint(ink, name.substring(0, cut))
                + name.substring(cut)
                + padding
                + columns.cells(node);
    }

    private String label(Node node) {
        String batch = node.entries() > 1 ? "  " + node.entries() + " events" : "";
        String again = node.repeated() ? "  " + style.again() + " above" : "";
        return title(node) + (node.target().isEmpty() ? "" : "  " + node.target()) + batch + again;
    }

    private String title(Node node) {
        return switch (node.kind()) {
            case INVOCATION -> style.function() + node.name();
            case REQUEST -> node.name();
            case CALL, DELIVERY -> node.service() + " " + node.name();
        };
    }

    private List<String> summary() {
        Tally tally = new Tally();
        view.roots().forEach(tally::add);
        List<String> parts = new ArrayList<>();
        parts.add(Figures.duration(view.duration().toNanos()));
        parts.add(Plural.of(tally.records, "record"));
        parts.add(Plural.of(tally.invocations, "invocation"));
        if (tally.cold > 0) {
            parts.add(tally.cold + " cold");
        }
        if (tally.failed > 0) {
            parts.add(tally.failed + " failed");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.join(style.dot(), parts));
        String cost = Figures.perMillion(view.total().perMillion());
        if (!cost.isEmpty()) {
            String observing = Figures.perMillion(view.total().observing().movePointRight(6));
            lines.add("$" + cost + " for a million of these"
                    + (observing.isEmpty() ? "" : ", of it $" + observing + " for logs and traces"));
        }
        if (!view.total().unpriced().isEmpty()) {
            lines.add("prices not known: " + String.join(", ", view.total().unpriced()));
        }
        if (!view.unwritten().isEmpty()) {
            lines.add("still running, or no longer kept: " + String.join(", ", view.unwritten()));
        }
        if (view.truncated()) {
            lines.add("this trace is longer than can be shown: it may be a loop");
        }
        lines.add(
                view.traceId() + style.dot() + MOMENT.format(view.startedAt().truncatedTo(ChronoUnit.MILLIS)) + " UTC");
        return lines;
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static final class Tally {
        private int records;
        private int invocations;
        private int cold;
        private int failed;

        void add(Node node) {
            if (node.repeated()) {
                return;
            }
            records++;
            invocations += node.kind() == CallRecord.Kind.INVOCATION ? 1 : 0;
            cold += node.coldStart().isCold() ? 1 : 0;
            failed += node.failed() ? 1 : 0;
            node.children().forEach(this::add);
        }
    }
}
