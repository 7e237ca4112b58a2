package virga.cloud.authorize;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses and ranges in CIDR notation, of both families. Source: RFC 4632, RFC 4291. */
final class AddressRange {
    private AddressRange() {}

    /** Whether {@code address} lies in {@code range}; an address alone is a range of one. */
    static boolean contains(String range, String address) {
        int slash = range.indexOf('/');
        Optional<byte[]> base = parse(slash < 0 ? range : range.substring(0, slash));
        Optional<byte[]> candidate = parse(address);
        if (base.isEmpty() || candidate.isEmpty() || base.get().length != candidate.get().length) {
            return false;
        }
        int bits = base.get().length * 8;
        int prefix = slash < 0 ? bits : prefix(range.substring(slash + 1), bits);
        if (prefix < 0) {
            return false;
        }
        int free = bits - prefix;
        return new BigInteger(1, base.get())
                .shiftRight(free)
                .equals(new BigInteger(1, candidate.get()).shiftRight(free));
    }

    private static int prefix(String text, int bits) {
        if (!text.matches("\\d{1,3}")) {
            return -1;
        }
        int prefix = Integer.parseInt(text);
        return prefix <= bits ? prefix : -1;
    }

    /** Only literals: a name would be looked up in the network. */
    private static Optional<byte[]> parse(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
