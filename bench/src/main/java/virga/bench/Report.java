package virga.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All sections as one document. It describes the machine by what matters to a number, and by nothing that names it. */
public final class Report {
    private final Scale scale;
    private final List<Section> sections;

    public Report(Scale scale, List<Section> sections) {
        this.scale = scale;
        this.sections = List.copyOf(sections);
    }

    /** Writes the whole to {@code document}, and the summary into {@code specification}, between the lines that mark its place. */
    public void write(Path document, Path specification) throws IOException {
        Files.createDirectories(document.getParent());
        Files.writeString(document, markdown(machine()));
        Files.writeString(
                specification, Summary.put(new Summary(sections).markdown(), Files.readString(specification)));
    }

    /** One section for a terminal. */
    public static String forTerminal(Section section) {
        StringBuilder text = new StringBuilder("\n").append(section.title()).append("\n\n");
        text.append(new Table(section).columns()).append('\n');
        section.notes().forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    String markdown(String machine) {
        StringBuilder text = new StringBuilder("# What `./dev bench` measured\n\n");
        text.append(machine)
                .append(scale.equals(Scale.QUICK) ? ", a quick run" : "")
                .append(". ");
        text.append("""
                Written by `./dev bench`; the code is in `bench/`.

                Contenders run as processes of their own, all at once, and are called by one client process (AWS SDK for Java v2, Apache
                HTTP client, no retries) on the same machine, in rounds that take turns: %d rounds after one that warms up and does not
                count. p50 and p99 are of all samples by nearest rank; calls/s and server CPU are the medians of the rounds. The last
                column is the median, over the rounds, of a contender's p50 divided by that of the first line: 2 is twice as slow, or as
                large. Ratios travel from machine to machine, absolute times do not. "Server CPU" is the processor time of the server's
                process (user and system, all threads) for one call.
                """.formatted(scale.rounds()));
        text.append("\n## Summary\n\n")
                .append(Summary.BEGIN)
                .append(new Summary(sections).markdown())
                .append(Summary.END);
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append(new Table(section).markdown());
            text.append('\n');
            section.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static String machine() {
        int cores = Runtime.getRuntime().availableProcessors();
        String memory = "";
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            memory = String.format(Locale.ROOT, ", %.0f GB of memory", system.getTotalMemorySize() / 1e9);
        }
        return "A machine with " + cores + " cores" + memory + ", JDK "
                + Runtime.version().feature() + ", " + System.getProperty("os.name");
    }
}
