package virga.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one benchmark found. The first contender of each thing measured is what the others are compared with. */
public final class Section {
    private final String name;
    private final String description;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Map<String, Series>> measured = new LinkedHashMap<>();

    /**
     * @param name of the benchmark, as {@code ./dev bench NAME} takes it
     * @param description what it measures, in one line
     */
    public Section(String name, String description) {
        this.name = name;
        this.description = description;
    }

    String name() {
        return name;
    }

    String title() {
        return name + ": " + description;
    }

    /** Says how something was measured, or what was left out and why. */
    public void note(String sentence) {
        conditions.add(sentence);
    }

    List<String> notes() {
        return conditions;
    }

    /** Where rounds of {@code what}, measured of {@code contender}, are kept. */
    public Series series(String what, Unit unit, String contender) {
        return measured.computeIfAbsent(what, unused -> new LinkedHashMap<>())
                .computeIfAbsent(contender, unused -> new Series(unit));
    }

    Map<String, Map<String, Series>> measured() {
        return measured;
    }
}
