package virga.observe.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fields between blanks. What stands in quotes or square brackets in a message is one field.
 *
 * @param before the fields before the ellipsis, or all where there is none
 * @param ellipsis whether any number of fields may stand between {@code before} and {@code after}
 */
record DelimitedPattern(List<Field> before, boolean ellipsis, List<Field> after) implements FilterPattern {
    DelimitedPattern {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * A field and what it must meet: one of several groups of comparisons, each met as a whole; none where it only has a name.
     *
     * @param name empty where the field is not named
     */
    record Field(String name, List<List<Comparison>> anyOf) {
        boolean meets(String value) {
            return anyOf.isEmpty()
                    || anyOf.stream().anyMatch(all -> all.stream().allMatch(one -> one.meets(value, true)));
        }
    }

    @Override
    public boolean matches(String message) {
        if (before.isEmpty() && after.isEmpty()) {
            return true;
        }
        return fields(message).filter(this::meets).isPresent();
    }

    /** By name ({@code $status}) or by place ({@code $1} is the first). */
    @Override
    public Optional<String> value(String message, String selector) {
        if (!selector.startsWith("$")) {
            return Optional.empty();
        }
        String wanted = selector.substring(1);
        Optional<List<String>> found = fields(message);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> values = found.get();
        if (wanted.matches("[1-9]\\d{0,5}")) {
            int place = Integer.parseInt(wanted);
            return place <= values.size() ? Optional.of(values.get(place - 1)) : Optional.empty();
        }
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).name.equals(wanted)) {
                return Optional.of(values.get(i));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i).name.equals(wanted)) {
                return Optional.of(values.get(values.size() - after.size() + i));
            }
        }
        return Optional.empty();
    }

    private boolean meets(List<String> values) {
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).meets(values.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < after.size(); i++) {
            if (!after.get(i).meets(values.get(values.size() - after.size() + i))) {
                return false;
            }
        }
        return true;
    }

    /** The fields of a message as this pattern cuts it; empty where it has too few. */
    private Optional<List<String>> fields(String message) {
        boolean open = ellipsis || before.isEmpty();
        List<String> values = split(message, open ? Integer.MAX_VALUE : before.size());
        return values.size() >= before.size() + after.size() ? Optional.of(values) : Optional.empty();
    }

    /** Cuts {@code message} into at most {@code most} fields, the last of which takes the rest. */
    private static List<String> split(String message, int most) {
        List<String> fields = new ArrayList<>();
        String rest = message.strip();
        while (!rest.isEmpty()) {
            int end = end(rest);
            boolean fenced = end > 1 && (rest.charAt(0) == '"' || rest.charAt(0) == '[');
            if (fields.size() == most - 1 && end < rest.length()) {
                fields.add(rest);
                return fields;
            }
            fields.add(fenced ? rest.substring(1, end - 1) : rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        return fields;
    }

    /** Where the field that begins {@code text} ends. */
    private static int end(String text) {
        char first = text.charAt(0);
        if (first == '"' || first == '[') {
            int close = text.indexOf(first == '"' ? '"' : ']', 1);
            if (close > 0) {
                return close + 1;
            }
        }
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
