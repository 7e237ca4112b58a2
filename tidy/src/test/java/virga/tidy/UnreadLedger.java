package virga.tidy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The members that no code reads although they may be set, each with its reason: {@code path | reason} in unread.txt. */
final class UnreadLedger {
    private final Map<String, Pattern> patterns = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    static UnreadLedger ofProject() {
        UnreadLedger ledger = new UnreadLedger();
        for (String line : Project.read(Project.root().resolve("tidy/src/test/resources/unread.txt"))
                .split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\|");
                if (parts.length != 2 || parts[1].isBlank()) {
                    throw new IllegalArgumentException("a member needs a path and a reason: " + line);
                }
                String path = parts[0].strip();
                // A star that ends a path is any one member, or the star of a whole structure; any other is any text.
                String end = path.endsWith(".*") ? "\\.[^.]+" : "";
                String front = path.endsWith(".*") ? path.substring(0, path.length() - 2) : path;
                String regex = Stream.of(front.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((before, after) -> before + ".*" + after)
                        .orElse("");
                ledger.patterns.put(path, Pattern.compile(regex + end));
            }
        }
        return ledger;
    }

    boolean explains(String path) {
        List<String> matching = patterns.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(path).matches())
                .map(Map.Entry::getKey)
                .toList();
        used.addAll(matching);
        return !matching.isEmpty();
    }

    /** Lines that explain nothing. */
    List<String> unused() {
        return patterns.keySet().stream().filter(path -> !used.contains(path)).toList();
    }
}
