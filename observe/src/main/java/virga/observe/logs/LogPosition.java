package virga.observe.logs;

import java.time.DateTimeException;
import java.time.Instant;

/** A place between events, as tokens carry it: just behind (or before) the event with this time and number. */
record LogPosition(Instant at, long number) {
    private static final int DIGITS = 56;
    private static final int NUMBER_DIGITS = 20;

    /** {@code f/<56 digits>/s} or {@code b/<56 digits>/s}, as {@code GetLogEvents} gives them. */
    String token(char direction) {
        String digits = at.toEpochMilli() + ("%0" + NUMBER_DIGITS + "d").formatted(number);
        return direction + "/" + "0".repeat(DIGITS - digits.length()) + digits + "/s";
    }

    /** @throws virga.kernel.Fault {@code InvalidParameterException} where {@code token} is not one of ours */
    static LogPosition parse(String token) {
        if (!token.matches("[fb]/\\d{" + DIGITS + "}/s")) {
            throw LogFaults.invalid("The specified nextToken is invalid.");
        }
        String digits = token.substring(2, 2 + DIGITS);
        int cut = DIGITS - NUMBER_DIGITS;
        try {
            return new LogPosition(
                    Instant.ofEpochMilli(Long.parseLong(digits.substring(0, cut))),
                    Long.parseLong(digits.substring(cut)));
        } catch (NumberFormatException | DateTimeException e) {
            throw LogFaults.invalid("The specified nextToken is invalid.");
        }
    }
}
