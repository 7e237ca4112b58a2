package virga.protocol;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of paths and queries. Source: RFC 3986, and "Create a signed AWS API request" for what AWS leaves as it is. */
public final class PercentCoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCoding() {}

    /** Undoes percent-encoding; a broken escape stays as it is. */
    public static String decode(String text) {
        return decode(text, false);
    }

    /** As {@link #decode}, and a plus sign is a space. */
    public static String decodeForm(String text) {
        return decode(text, true);
    }

    /** Encodes all but letters, digits, {@code - _ . ~}. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** As {@link #encode}, and slashes stay. */
    public static String encodePath(String text) {
        return encode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            byte next = in[i];
            if (next == '%' && i + 2 < in.length && digit(in[i + 1]) >= 0 && digit(in[i + 2]) >= 0) {
                next = (byte) (digit(in[i + 1]) << 4 | digit(in[i + 2]));
                i += 2;
            } else if (plusIsSpace && next == '+') {
                next = ' ';
            }
            out[length++] = next;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(byte character) {
        return Character.digit(character, 16);
    }

    private static String encode(String text, boolean keepSlash) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain), keepSlash)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (isPlain(character, keepSlash)) {
                out.append(character);
            } else {
                out.append('%').append(HEX[character >> 4]).append(HEX[character & 15]);
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char character, boolean keepSlash) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '-'
                || character == '_'
                || character == '.'
                || character == '~'
                || keepSlash && character == '/';
    }
}
