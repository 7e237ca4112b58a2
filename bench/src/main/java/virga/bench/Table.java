package virga.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines of a section, for a terminal and for a document. */
final class Table {
    static final List<String> HEADINGS =
            List.of("what", "of", "p50", "p99", "calls/s", "server CPU a call", "n", "p50 beside Virga's");

    private final List<List<String>> lines = new ArrayList<>();

    Table(Section section) {
        section.measured().forEach((what, contenders) -> {
            Series reference = contenders.values().iterator().next();
            contenders.forEach((contender, series) -> lines.add(line(what, Map.entry(contender, series), reference)));
        });
    }

    private static List<String> line(String what, Map.Entry<String, Series> measured, Series reference) {
        Series series = measured.getValue();
        Unit unit = series.unit();
        return List.of(
                what,
                measured.getKey(),
                unit.words(series.quantile(0.5)),
                unit.words(series.quantile(0.99)),
                series.perSecond() == 0 ? "" : Unit.number(series.perSecond()),
                series.processorNanos() == 0 ? "" : Unit.NANOSECONDS.words(series.processorNanos()),
                Integer.toString(series.count()),
                series == reference ? "" : "× " + Unit.number(series.ratioTo(reference)));
    }

    /** For a document: Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", HEADINGS)).append(" |\n");
        text.append("|---|---|--:|--:|--:|--:|--:|--:|\n");
        lines.forEach(line -> text.append("| ").append(String.join(" | ", line)).append(" |\n"));
        return text.toString();
    }

    /** For a terminal: columns that stand under each other, what a thing is on the left, numbers on the right. */
    String columns() {
        int[] widths = new int[HEADINGS.size()];
        List<List<String>> all = new ArrayList<>();
        all.add(HEADINGS);
        all.addAll(lines);
        all.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : all) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                row.append(i < 2 ? line.get(i) + padding : padding + line.get(i))
                        .append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
