package virga.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The headers of a message: names without regard to case, several values a name, in the order received. Immutable.
 *
 * <p>A message has some ten of them, so they are kept in one array and searched from the front.
 */
public final class Headers {
    public static final Headers NONE = new Headers(new String[0]);

    /** Name, value, name, value... */
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** @param namesAndValues name, value, name, value... */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value: " + Arrays.toString(namesAndValues));
        }
        return new Headers(namesAndValues.clone());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The first value under {@code name}. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(find(name));
    }

    /** The first value under {@code name}, or {@code otherwise}. */
    public String value(String name, String otherwise) {
        String found = find(name);
        return found == null ? otherwise : found;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    /** Every value under {@code name}, in the order received. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    /** Every field in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** These headers with one more at the end. */
    public Headers and(String name, String value) {
        String[] more = Arrays.copyOf(fields, fields.length + 2);
        more[fields.length] = name;
        more[fields.length + 1] = value;
        return new Headers(more);
    }

    /** These headers without any named {@code name}. */
    public Headers without(String name) {
        Builder rest = builder();
        forEach((field, value) -> {
            if (!field.equalsIgnoreCase(name)) {
                rest.add(field, value);
            }
        });
        return rest.build();
    }

    /** The different names, lower case, sorted. */
    public TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < fields.length; i += 2) {
            names.add(fields[i].toLowerCase(java.util.Locale.ROOT));
        }
        return names;
    }

    public int size() {
        return fields.length / 2;
    }

    private String find(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && Arrays.equals(fields, headers.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }

    /** For people: the names, since a value may be a credential. */
    @Override
    public String toString() {
        return names().toString();
    }

    /** Collects fields in order. */
    public static final class Builder {
        private final List<String> fields = new ArrayList<>(16);

        private Builder() {}

        public Builder add(String name, String value) {
            fields.add(name);
            fields.add(value);
            return this;
        }

        public Builder addAll(Headers headers) {
            headers.forEach(this::add);
            return this;
        }

        public Headers build() {
            return fields.isEmpty() ? NONE : new Headers(fields.toArray(String[]::new));
        }
    }
}
