package virga.protocol.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** The three ways a timestamp is written. Source: Smithy's {@code timestampFormat} trait. */
final class Timestamps {
    static final String DATE_TIME = "date-time";
    static final String EPOCH_SECONDS = "epoch-seconds";
    static final String HTTP_DATE = "http-date";

    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HTTP_WITH_FRACTION = new DateTimeFormatterBuilder()
            .appendPattern("EEE, dd MMM yyyy HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" 'GMT'")
            .toFormatter(Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private Timestamps() {}

    static String format(Instant instant, String format) {
        return switch (format) {
            case EPOCH_SECONDS -> epochSeconds(instant);
            case HTTP_DATE -> HTTP.format(instant);
            default -> instant.toString();
        };
    }

    /** Seconds since the epoch, with milliseconds where there are any. */
    static String epochSeconds(Instant instant) {
        long millis = instant.toEpochMilli();
        return millis % 1000 == 0
                ? Long.toString(instant.getEpochSecond())
                : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    }

    /** @throws DateTimeException where {@code text} is not in {@code format} */
    static Instant parse(String text, String format) {
        return switch (format) {
            case EPOCH_SECONDS -> ofEpochSeconds(decimal(text));
            case HTTP_DATE -> HTTP_WITH_FRACTION.parse(text, Instant::from);
            default -> dateTime(text);
        };
    }

    /** Source: RFC 3339, without offsets, as Smithy's vectors want it. */
    private static Instant dateTime(String text) {
        boolean whole = text.length() >= "1970-01-01T00:00:00Z".length()
                && text.charAt(10) == 'T'
                && text.charAt(16) == ':'
                && text.endsWith("Z");
        if (!whole) {
            throw new DateTimeException("not a date-time: " + text);
        }
        return DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from);
    }

    private static BigDecimal decimal(String text) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1))) {
            throw new DateTimeException("not a number: " + text);
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new DateTimeException("not a number: " + text, e);
        }
    }

    static Instant ofEpochSeconds(BigDecimal seconds) {
        try {
            BigDecimal[] parts = seconds.multiply(NANOS).toBigInteger().equals(java.math.BigInteger.ZERO)
                    ? new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO}
                    : seconds.divideAndRemainder(BigDecimal.ONE);
            return Instant.ofEpochSecond(
                    parts[0].longValueExact(), parts[1].multiply(NANOS).longValue());
        } catch (ArithmeticException e) {
            throw new DateTimeException("out of range: " + seconds, e);
        }
    }
}
