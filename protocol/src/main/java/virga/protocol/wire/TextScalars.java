package virga.protocol.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Schema;
import virga.model.Traits;

/** Scalars as text: in headers, queries, labels, XML and forms. */
final class TextScalars {
    private TextScalars() {}

    /** @param defaultFormat of timestamps whose shape does not say: it differs from place to place */
    static String format(Schema schema, Traits traits, Object value, String defaultFormat) {
        return switch (schema.type()) {
            case BOOLEAN, BYTE, SHORT, INTEGER, LONG, BIG_INTEGER, STRING -> value.toString();
            case BIG_DECIMAL -> ((BigDecimal) value).toPlainString();
            case FLOAT -> floating(((Float) value).doubleValue(), value.toString());
            case DOUBLE -> floating((Double) value, value.toString());
            case BLOB -> ((Bytes) value).base64();
            case TIMESTAMP -> Timestamps.format((Instant) value, formatOf(traits, defaultFormat));
            case DOCUMENT, LIST, MAP, STRUCTURE, UNION -> throw new Bug(schema + " is not a scalar");
        };
    }

    /** @throws Fault SerializationException where {@code text} is not a value of {@code schema} */
    static Object parse(Schema schema, Traits traits, String text, String defaultFormat) {
        try {
            return switch (schema.type()) {
                case BOOLEAN -> bool(text);
                case BYTE -> Byte.parseByte(digits(text));
                case SHORT -> Short.parseShort(digits(text));
                case INTEGER -> Integer.parseInt(digits(text));
                case LONG -> Long.parseLong(digits(text));
                case FLOAT -> Float.parseFloat(decimal(text));
                case DOUBLE -> Double.parseDouble(decimal(text));
                case BIG_INTEGER -> new BigInteger(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case STRING -> text;
                case BLOB -> Bytes.wrap(Base64.getDecoder().decode(text.strip()));
                case TIMESTAMP -> Timestamps.parse(text, formatOf(traits, defaultFormat));
                case DOCUMENT, LIST, MAP, STRUCTURE, UNION -> throw new Bug(schema + " is not a scalar");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Malformed.serialization("'" + text + "' is not a valid " + word(schema));
        }
    }

    private static String formatOf(Traits traits, String defaultFormat) {
        return traits.timestampFormat().isEmpty() ? defaultFormat : traits.timestampFormat();
    }

    private static String floating(double value, String text) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return text;
        }
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String digits(String text) {
        if (text.startsWith("+")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /** What Java takes for a number but AWS does not: {@code 0x1p3}, {@code 1f}, {@code infinity} in another case. */
    private static String decimal(String text) {
        boolean named = text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
        if (!named && (text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1)) || text.contains("x"))) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static String word(Schema schema) {
        return schema.type().name().charAt(0)
                + schema.type().name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
