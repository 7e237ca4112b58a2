package virga.tidy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The breaches that are allowed, each with its reason: {@code rule | path | reason} in exceptions.txt. The list only shrinks. */
final class Exceptions {
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    Exceptions(String text) {
        for (String line : text.split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\|");
                if (parts.length != 3 || parts[2].isBlank()) {
                    throw new IllegalArgumentException("an exception needs a rule, a path and a reason: " + line);
                }
                reasons.put(parts[0].strip() + " " + parts[1].strip(), parts[2].strip());
            }
        }
    }

    static Exceptions ofProject() {
        return new Exceptions(Project.read(Project.root().resolve("tidy/src/test/resources/exceptions.txt")));
    }

    boolean allows(String rule, String path) {
        String key = rule + " " + path;
        used.add(key);
        return reasons.containsKey(key);
    }

    /** Exceptions of the given rules that nothing needed. */
    List<String> unused(List<String> rules) {
        return reasons.keySet().stream()
                .filter(key -> rules.contains(key.split(" ")[0]))
                .filter(key -> !used.contains(key))
                .toList();
    }
}
