package virga.reviewer.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import virga.observe.json.Json;

/**
 * The paths at which two undisturbed runs differ: generated ids, and times. What stands there is not compared.
 *
 * <p>Times are recognised by their look as well, because two runs within one second agree on the second and a third may not.
 */
final class Mask {
    private static final Json VARIES = new Json.Text("<varies>");
    private static final Json TIME = new Json.Text("<time>");
    private static final Pattern ISO_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*");
    private static final Pattern EPOCH_TIME = Pattern.compile("[12]\\d{9}(\\d{3}){0,3}(\\.\\d+)?");
    /** Expiry may lie years ahead. */
    private static final Duration NEAR = Duration.ofDays(3660);

    private static final int SECOND_DIGITS = 10;

    private final Instant now;
    private final Map<String, SortedSet<String>> paths = new TreeMap<>();
    private final List<String> amounts = new ArrayList<>();

    /** @param now the moment around which numbers are taken for times */
    Mask(Instant now) {
        this.now = now;
    }

    /** Learns from two undisturbed effects of one group. */
    void learn(String group, Json one, Json other) {
        compare(group, "", one, other);
    }

    /** The paths at which an amount differed from run to run: a comparison that leaves them out proves nothing. */
    List<String> amounts() {
        return List.copyOf(amounts);
    }

    /** {@code content} without what varies. */
    Json apply(String group, Json content) {
        return apply(paths.getOrDefault(group, new TreeSet<>()), "", content);
    }

    private void compare(String group, String path, Json one, Json other) {
        if (one.equals(other) || isTime(one) && isTime(other)) {
            return;
        }
        if (one instanceof Json.Structure first && other instanceof Json.Structure second) {
            SortedSet<String> names = new TreeSet<>(first.fields().keySet());
            names.addAll(second.fields().keySet());
            Json nothing = new Json.Null();
            for (String name : names) {
                compare(
                        group,
                        path + "/" + name,
                        first.fields().getOrDefault(name, nothing),
                        second.fields().getOrDefault(name, nothing));
            }
            return;
        }
        if (one instanceof Json.Array first
                && other instanceof Json.Array second
                && first.elements().size() == second.elements().size()) {
            for (int i = 0; i < first.elements().size(); i++) {
                compare(
                        group,
                        path + "/" + i,
                        first.elements().get(i),
                        second.elements().get(i));
            }
            return;
        }
        paths.computeIfAbsent(group, unused -> new TreeSet<>()).add(path);
        if (isAmount(path, one) && isAmount(path, other)) {
            amounts.add(group + " at " + path);
        }
    }

    private Json apply(SortedSet<String> masked, String path, Json content) {
        if (masked.contains(path)) {
            return VARIES;
        }
        if (isTime(content)) {
            return TIME;
        }
        return switch (content) {
            case Json.Structure structure -> {
                SequencedMap<String, Json> fields = new LinkedHashMap<>();
                structure.fields().forEach((name, value) -> fields.put(name, apply(masked, path + "/" + name, value)));
                yield new Json.Structure(fields);
            }
            case Json.Array array -> {
                List<Json> elements = new ArrayList<>();
                for (Json element : array.elements()) {
                    elements.add(apply(masked, path + "/" + elements.size(), element));
                }
                yield new Json.Array(elements);
            }
            case Json.Text text -> text;
            case Json.Number number -> number;
            case Json.Truth truth -> truth;
            case Json.Null nothing -> nothing;
        };
    }

    /** DynamoDB writes numbers as text under {@code N}. */
    private static boolean isAmount(String path, Json value) {
        return value instanceof Json.Number || path.endsWith("/N");
    }

    private boolean isTime(Json value) {
        return switch (value) {
            case Json.Text text -> ISO_TIME.matcher(text.value()).matches() || isEpoch(text.value());
            case Json.Number number -> isEpoch(number.literal());
            case Json.Structure structure -> false;
            case Json.Array array -> false;
            case Json.Truth truth -> false;
            case Json.Null nothing -> false;
        };
    }

    private boolean isEpoch(String literal) {
        if (!EPOCH_TIME.matcher(literal).matches()) {
            return false;
        }
        long seconds = Long.parseLong(literal.substring(0, SECOND_DIGITS));
        return Math.abs(seconds - now.getEpochSecond()) < NEAR.toSeconds();
    }
}
