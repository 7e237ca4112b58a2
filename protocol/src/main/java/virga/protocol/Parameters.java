package virga.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The parameters of a query string or of an {@code application/x-www-form-urlencoded} body: decoded, in the order received, a name
 * may come more than once.
 */
public final class Parameters {
    public static final Parameters NONE = new Parameters(List.of());

    /** Name, value, name, value... */
    private final List<String> fields;

    private Parameters(List<String> fields) {
        this.fields = fields;
    }

    /** Reads {@code a=1&b&c=}; a name without an equals sign has the empty value. */
    public static Parameters parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        List<String> fields = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('&', start);
            if (end < 0) {
                end = text.length();
            }
            if (end > start) {
                int equals = text.indexOf('=', start);
                boolean named = equals >= 0 && equals < end;
                fields.add(PercentCoding.decodeForm(text.substring(start, named ? equals : end)));
                fields.add(named ? PercentCoding.decodeForm(text.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
        return new Parameters(fields);
    }

    public Optional<String> first(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equals(name)) {
                return Optional.of(fields.get(i + 1));
            }
        }
        return Optional.empty();
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equals(name)) {
                values.add(fields.get(i + 1));
            }
        }
        return values;
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.size(); i += 2) {
            action.accept(fields.get(i), fields.get(i + 1));
        }
    }
}
