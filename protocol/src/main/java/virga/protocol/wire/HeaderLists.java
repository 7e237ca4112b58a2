package virga.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/** Lists in a header: {@code a, "b, c"}. Source: Smithy's {@code httpHeader} trait. */
final class HeaderLists {
    private HeaderLists() {}

    /** The items, without quotes. @throws virga.kernel.Fault SerializationException where a quote is not closed */
    static List<String> split(String header) {
        List<String> items = new ArrayList<>();
        int at = 0;
        while (at < header.length()) {
            while (at < header.length() && isBlank(header.charAt(at))) {
                at++;
            }
            if (at < header.length() && header.charAt(at) == '"') {
                StringBuilder item = new StringBuilder();
                at = quoted(header, at + 1, item);
                items.add(item.toString());
            } else {
                int end = header.indexOf(',', at);
                end = end < 0 ? header.length() : end;
                items.add(header.substring(at, end).strip());
                at = end + 1;
            }
        }
        return items;
    }

    /** Dates hold a comma each, so every second one parts. */
    static List<String> splitDates(String header) {
        List<String> parts = split(header);
        if (parts.size() % 2 != 0) {
            throw Malformed.serialization("'" + header + "' is not a list of dates");
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += 2) {
            items.add(parts.get(i) + ", " + parts.get(i + 1));
        }
        return items;
    }

    /** Where to go on, after the comma. */
    private static int quoted(String header, int start, StringBuilder item) {
        int at = start;
        while (at < header.length() && header.charAt(at) != '"') {
            if (header.charAt(at) == '\\' && at + 1 < header.length()) {
                at++;
            }
            item.append(header.charAt(at++));
        }
        if (at == header.length()) {
            throw Malformed.serialization("A quoted item of a header is not closed");
        }
        int next = at + 1;
        while (next < header.length() && isBlank(header.charAt(next))) {
            next++;
        }
        if (next < header.length() && header.charAt(next) != ',') {
            throw Malformed.serialization("Items of a header are not parted by commas");
        }
        return next + 1;
    }

    static String quote(String item) {
        if (item.indexOf(',') < 0 && item.indexOf('"') < 0) {
            return item;
        }
        return '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}
