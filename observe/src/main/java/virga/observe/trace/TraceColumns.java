package virga.observe.trace;

import virga.kernel.CallRecord;
import virga.observe.trace.Style.Ink;
import virga.observe.trace.TraceView.Node;

/**
 * The columns beside the tree, as many as the terminal has room for: bars go first, then the cost, then the start.
 *
 * @param bars 0 where there is no room for them
 */
record TraceColumns(TraceView view, Style style, int nameWidth, int bars, boolean starts, boolean costs, int outcomes) {
    static final int NARROWEST = 40;

    private static final int START = 11;
    private static final int DURATION = 10;
    private static final int COST = 9;
    private static final int SHORTEST_NAME = 28;
    private static final int FEWEST_BARS = 12;
    private static final int MOST_BARS = 48;
    private static final int WIDEST_OUTCOME = 28;

    static TraceColumns fit(TraceView view, Style style, int width, int longestName) {
        int outcomes = Math.max("OUTCOME".length(), Math.min(WIDEST_OUTCOME, longestOutcome(view, style)));
        int wanted = Math.max(longestName, SHORTEST_NAME);
        int all = START + DURATION + COST + 2 + outcomes;
        int spare = width - all - wanted - 2;
        if (spare >= FEWEST_BARS) {
            return new TraceColumns(view, style, wanted, Math.min(spare, MOST_BARS), true, true, outcomes);
        }
        boolean costs = width - all >= SHORTEST_NAME;
        boolean starts = costs || width - all + COST >= SHORTEST_NAME;
        int taken = DURATION + 2 + outcomes + (starts ? START : 0) + (costs ? COST : 0);
        if (width - taken < SHORTEST_NAME) {
            // Better a cut error code than a cut name.
            outcomes = Math.max("OUTCOME".length(), outcomes - (SHORTEST_NAME - (width - taken)));
            taken = DURATION + 2 + outcomes + (starts ? START : 0) + (costs ? COST : 0);
        }
        return new TraceColumns(view, style, Math.min(wanted, width - taken), 0, starts, costs, outcomes);
    }

    String header() {
        String text = " ".repeat(nameWidth)
                + (bars > 0 ? "  0" + right(Figures.duration(view.duration().toNanos()), bars - 1) : "")
                + (starts ? right("START", START) : "")
                + right("DURATION", DURATION)
                + (costs ? right("$/MILL.", COST) : "")
                + "  OUTCOME";
        return style.paint(Ink.FAINT, text);
    }

    String cells(Node node) {
        Ink outcome = node.failed() ? Ink.BAD : Ink.GOOD;
        return (bars > 0 ? "  " + bar(node) : "")
                + (starts ? style.paint(Ink.FAINT, right(Figures.offset(node.offsetNanos()), START)) : "")
                + right(node.repeated() ? "" : Figures.duration(node.durationNanos()), DURATION)
                + (costs ? right(Figures.perMillion(node.costPerMillion()), COST) : "")
                + "  "
                + style.paint(outcome, style.fit(outcome(node, style), outcomes));
    }

    /** When the record ran, on the whole trace's time; a cold start's part is shaded. */
    private String bar(Node node) {
        double whole = Math.max(1, view.duration().toNanos());
        int from = (int) Math.min(bars - 1, Math.floor(bars * (node.offsetNanos() / whole)));
        double end = node.offsetNanos() + (double) node.durationNanos();
        int to = (int) Math.min(bars, Math.round(bars * (end / whole)));
        int length = to - from;
        String drawn;
        if (length < 1) {
            length = 1;
            drawn = style.sliver();
        } else {
            double share = node.durationNanos() == 0 ? 0 : node.coldStart().initNanos() / (double) node.durationNanos();
            int shaded = (int) Math.min(length, Math.round(length * share));
            drawn = style.shade().repeat(shaded) + style.full().repeat(length - shaded);
        }
        Ink ink = node.failed() ? Ink.BAD : Ink.BAR;
        return " ".repeat(from) + style.paint(ink, drawn) + " ".repeat(bars - from - length);
    }

    private static int longestOutcome(TraceView view, Style style) {
        return view.roots().stream()
                .mapToInt(root -> longestOutcome(root, style))
                .max()
                .orElse(0);
    }

    private static int longestOutcome(Node node, Style style) {
        int below = node.children().stream()
                .mapToInt(child -> longestOutcome(child, style))
                .max()
                .orElse(0);
        return Math.max(below, outcome(node, style).length());
    }

    private static String outcome(Node node, Style style) {
        boolean http = node.kind() == CallRecord.Kind.REQUEST;
        if (!node.failed()) {
            return http ? Integer.toString(node.status()) : "ok";
        }
        String status = Integer.toString(node.status());
        boolean said = node.outcome().equals(status);
        return style.cross() + " " + (http && !said ? status + " " : "") + node.outcome();
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
