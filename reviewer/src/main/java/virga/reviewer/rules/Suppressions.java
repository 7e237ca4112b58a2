package virga.reviewer.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import virga.kernel.Fault;
import virga.observe.json.Json;

/**
 * What is suppressed, in {@code virga-review.yaml} beside the template, or in a resource's {@code Metadata} under {@code Virga},
 * {@code Suppress}. Each has a rule, a reason and the last day on which it holds; the file's also name a resource.
 */
public final class Suppressions {
    /** The file that is looked for beside a template. */
    public static final String FILE = "virga-review.yaml";

    public static final Suppressions NONE = new Suppressions(List.of());

    private static final Rule EXPIRED = new Rule(
            63,
            "suppression that has expired",
            Rule.Severity.WARNING,
            Question.LIFECYCLE,
            Rule.guide("suppressions"),
            "a new date, with a reason that still holds");
    private static final Set<String> KEYS = Set.of("rule", "resource", "reason", "until");

    private final List<Suppression> all;

    private Suppressions(List<Suppression> all) {
        this.all = List.copyOf(all);
    }

    /**
     * What became of findings.
     *
     * @param suppressed those that are not shown, each with the reason
     * @param notes suppressions that nothing needed
     */
    public record Applied(List<Finding> findings, List<String> suppressed, List<String> notes) {}

    /**
     * @param file its name, for messages
     * @throws Fault {@code InvalidSuppression} with file and line
     */
    public static Suppressions read(String file, String text) {
        if (text.isBlank()) {
            return NONE;
        }
        TemplateText.Read read = TemplateText.read(file, text);
        Set<String> keys = read.root().fields().keySet();
        if (!keys.equals(Set.of("suppressions"))) {
            throw invalid(file + ":1", "the one key of this file is suppressions, not " + String.join(", ", keys));
        }
        List<Suppression> found = new ArrayList<>();
        int index = 0;
        for (Json each : elements(read.root().fields().get("suppressions"), file + ":1")) {
            int line = read.lines().getOrDefault("suppressions/" + index++, 1);
            found.add(suppression(each, "", file + ":" + line));
        }
        return new Suppressions(found);
    }

    /** @throws Fault {@code InvalidSuppression} with file and line */
    public static Suppressions of(Template template) {
        List<Suppression> found = new ArrayList<>();
        Set<String> seen = new java.util.TreeSet<>();
        for (Template.Resource resource : template.resources().values()) {
            // What a transform adds has its origin's metadata too.
            Template.at(resource.metadata(), "Virga", "Suppress")
                    .filter(list -> seen.add(resource.subject().declared()))
                    .ifPresent(list -> {
                        String place = resource.subject().location().isEmpty()
                                ? resource.subject().declared()
                                : resource.subject().location();
                        elements(list, place)
                                .forEach(each -> found.add(
                                        suppression(each, resource.subject().declared(), place)));
                    });
        }
        return new Suppressions(found);
    }

    public Suppressions and(Suppressions others) {
        List<Suppression> together = new ArrayList<>(all);
        together.addAll(others.all);
        return new Suppressions(together);
    }

    /** @param today on the reviewed environment's clock, UTC */
    public Applied apply(List<Finding> findings, LocalDate today) {
        List<Finding> left = new ArrayList<>();
        List<String> suppressed = new ArrayList<>();
        Set<Suppression> used = new java.util.HashSet<>();
        for (Finding finding : findings) {
            List<Suppression> matching = all.stream()
                    .filter(each -> each.concerns(finding) && !each.expired(today))
                    .toList();
            used.addAll(matching);
            if (matching.isEmpty()) {
                left.add(finding);
            } else {
                suppressed.add("rule %d, %s: %s: until %s, because: %s"
                        .formatted(
                                finding.rule().number(),
                                finding.rule().name(),
                                finding.resource(),
                                matching.getFirst().until(),
                                matching.getFirst().reason()));
            }
        }
        List<String> notes = new ArrayList<>();
        for (Suppression each : all) {
            if (each.expired(today)) {
                left.add(expired(each));
            } else if (!used.contains(each)) {
                notes.add(each.place() + ": nothing needs the suppression of rule " + each.rule() + " for "
                        + each.resource());
            }
        }
        return new Applied(left, suppressed, notes);
    }

    private static Finding expired(Suppression suppression) {
        return new Finding(
                EXPIRED,
                Finding.Evidence.TEMPLATE,
                new Subject(suppression.resource(), suppression.resource(), suppression.place()),
                "the suppression of rule %d held until %s (%s)"
                        .formatted(suppression.rule(), suppression.until(), suppression.reason()),
                "");
    }

    private static List<Json> elements(Json json, String place) {
        if (json instanceof Json.Array array) {
            return array.elements();
        }
        throw invalid(place, "suppressions are a list");
    }

    private static Suppression suppression(Json json, String resource, String place) {
        if (!(json instanceof Json.Structure structure)) {
            throw invalid(place, "a suppression has the keys rule, resource, reason and until");
        }
        Map<String, String> fields = new TreeMap<>();
        structure.fields().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), text(value)));
        for (String name : fields.keySet()) {
            if (!KEYS.contains(name)) {
                throw invalid(place, "a suppression has no key " + name + "; it has rule, resource, reason and until");
            }
        }
        String about = resource.isEmpty() ? fields.getOrDefault("resource", "") : resource;
        if (about.isBlank()) {
            throw invalid(place, "the suppression names no resource");
        }
        if (fields.getOrDefault("reason", "").isBlank()) {
            throw invalid(place, "the suppression has no reason");
        }
        return new Suppression(
                number(fields.getOrDefault("rule", ""), place),
                about,
                fields.get("reason"),
                day(fields.getOrDefault("until", ""), place),
                place);
    }

    private static int number(String text, String place) {
        if (!text.matches("\\d{1,4}") || !Rules.numbers().contains(Integer.parseInt(text))) {
            throw invalid(place, "there is no rule " + text + "; there are " + Rules.numbers());
        }
        return Integer.parseInt(text);
    }

    private static LocalDate day(String text, String place) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            throw invalid(place, "until must be a day such as 2027-01-31, the last on which the suppression holds");
        }
    }

    private static String text(Json json) {
        return switch (json) {
            case Json.Text text -> text.value();
            case Json.Number number -> number.literal();
            case Json other -> "";
        };
    }

    private static Fault invalid(String place, String what) {
        return new Fault("InvalidSuppression", 400, place + ": " + what);
    }
}
