package virga.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One line for each thing measured: Virga's median, both ways, and how its peers' compare. */
final class Summary {
    /** The lines around the summary, in every document that has it. */
    static final String BEGIN = "<!-- written by ./dev bench -->\n";

    static final String END = "<!-- to here -->\n";

    private static final String OURS = "Virga, ";

    private final List<Section> sections;

    Summary(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(
                "| what | in memory | RocksDB | peers, in the same rounds | by |\n|---|--:|--:|---|---|\n");
        for (Section section : sections) {
            section.measured()
                    .forEach((what, contenders) -> text.append("| ")
                            .append(String.join(" | ", line(section, what, contenders)))
                            .append(" |\n"));
        }
        return text.toString();
    }

    private static List<String> line(Section section, String what, Map<String, Series> contenders) {
        Series reference = contenders.values().iterator().next();
        List<String> peers = new ArrayList<>();
        contenders.forEach((name, series) -> {
            if (!name.startsWith(OURS)) {
                peers.add(name + " × " + Unit.number(series.ratioTo(reference)));
            }
        });
        return List.of(
                what,
                median(contenders, OURS + "memory"),
                median(contenders, OURS + "RocksDB"),
                String.join(", ", peers),
                "`./dev bench " + section.name() + "`");
    }

    private static String median(Map<String, Series> contenders, String name) {
        Series series = contenders.get(name);
        return series == null ? "" : series.unit().words(series.quantile(0.5));
    }

    /**
     * {@code document} with {@code summary} in the place of the one it has.
     *
     * @throws IllegalArgumentException where it marks no place for one
     */
    static String put(String summary, String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the document has no place for the summary");
        }
        return document.substring(0, begin + BEGIN.length()) + summary + document.substring(end);
    }
}
