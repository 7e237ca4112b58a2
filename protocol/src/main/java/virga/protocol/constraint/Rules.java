package virga.protocol.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.ShapeType;
import virga.model.Traits;
import virga.protocol.constraint.Violation.Kind;

/** The constraints of one shape, and AWS's words for each. */
final class Rules {
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Rules() {}

    /** A rule that a value breaks. */
    record Broken(Kind kind, String rule) {}

    static boolean any(Traits traits) {
        return traits.max() != null
                || traits.min() != null
                || !traits.pattern().isEmpty()
                || !traits.enumValues().isEmpty();
    }

    static List<Broken> broken(ShapeType type, Traits traits, Object value) {
        List<Broken> broken = null;
        if (traits.max() != null || traits.min() != null) {
            BigDecimal size = size(value);
            Kind kind = Constraints.isSized(type) ? Kind.LENGTH : Kind.RANGE;
            if (size != null && traits.max() != null && size.compareTo(traits.max()) > 0) {
                broken = and(broken, kind, atMost(type, traits));
            }
            if (size != null && traits.min() != null && size.compareTo(traits.min()) < 0) {
                broken = and(broken, kind, atLeast(type, traits));
            }
        }
        if (value instanceof String text) {
            if (!traits.pattern().isEmpty()
                    && !pattern(traits.pattern()).matcher(text).matches()) {
                broken = and(broken, Kind.PATTERN, pattern(traits));
            }
            if (!traits.enumValues().isEmpty() && !traits.enumValues().contains(text)) {
                broken = and(broken, Kind.ENUM, oneOf(traits));
            }
        }
        return broken == null ? List.of() : broken;
    }

    /** The words of every rule there is, in the order in which AWS lists them. */
    static List<String> all(ShapeType type, Traits traits) {
        List<String> all = new ArrayList<>();
        if (traits.max() != null) {
            all.add(atMost(type, traits));
        }
        if (traits.min() != null) {
            all.add(atLeast(type, traits));
        }
        if (!traits.pattern().isEmpty()) {
            all.add(pattern(traits));
        }
        if (!traits.enumValues().isEmpty()) {
            all.add(oneOf(traits));
        }
        return all;
    }

    private static List<Broken> and(List<Broken> broken, Kind kind, String rule) {
        List<Broken> more = broken == null ? new ArrayList<>(2) : broken;
        more.add(new Broken(kind, rule));
        return more;
    }

    /** A length or a value; {@code null} for a stream, whose length its service limits. */
    private static BigDecimal size(Object value) {
        return switch (value) {
            case String text -> BigDecimal.valueOf(text.codePointCount(0, text.length()));
            case Bytes bytes -> BigDecimal.valueOf(bytes.length());
            case List<?> list -> BigDecimal.valueOf(list.size());
            case Map<?, ?> map -> BigDecimal.valueOf(map.size());
            case BigDecimal number -> number;
            case Double number when number.isNaN() || number.isInfinite() -> null;
            case Float number when number.isNaN() || number.isInfinite() -> null;
            case Number number -> new BigDecimal(number.toString());
            case ByteStream stream -> null;
            default -> null;
        };
    }

    private static String atMost(ShapeType type, Traits traits) {
        String what = Constraints.isSized(type) ? "length" : "value";
        return "Member must have " + what + " less than or equal to "
                + traits.max().toPlainString();
    }

    private static String atLeast(ShapeType type, Traits traits) {
        String what = Constraints.isSized(type) ? "length" : "value";
        return "Member must have " + what + " greater than or equal to "
                + traits.min().toPlainString();
    }

    private static String pattern(Traits traits) {
        return "Member must satisfy regular expression pattern: " + traits.pattern();
    }

    private static String oneOf(Traits traits) {
        return "Member must satisfy enum value set: [" + String.join(", ", traits.enumValues()) + "]";
    }

    private static Pattern pattern(String text) {
        return PATTERNS.computeIfAbsent(text, Pattern::compile);
    }
}
