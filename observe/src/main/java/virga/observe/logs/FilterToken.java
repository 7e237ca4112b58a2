package virga.observe.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import virga.store.Key;

/** Where {@code FilterLogEvents} goes on: behind one event of the group. */
record FilterToken(Instant at, long number, String stream) {
    static FilterToken behind(LogEvent event) {
        return new FilterToken(event.at(), event.number() + 1, event.stream());
    }

    String text() {
        String plain = at.toEpochMilli() + "/" + number + "/" + stream;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws virga.kernel.Fault {@code InvalidParameterException} where {@code text} is not one of ours */
    static FilterToken parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", 3);
            if (parts.length == 3) {
                return new FilterToken(
                        Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // Not base 64, or not numbers: refused below, like any other foreign token.
        }
        throw LogFaults.invalid("The specified nextToken is invalid.");
    }

    Key key(String account, String region, String group) {
        return LogKeys.EVENT.key(account, region, group, at, stream, number);
    }
}
