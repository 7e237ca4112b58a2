package virga.model;

import java.util.List;
import java.util.Map;

/**
 * For builders, to which {@code null} means a member that is not set: rows keep texts, lists and maps that may be empty, answers leave
 * them out.
 */
public final class Unset {
    private Unset() {}

    public static String ifEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    public static <T> List<T> ifEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    public static <V> Map<String, V> ifEmpty(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }
}
