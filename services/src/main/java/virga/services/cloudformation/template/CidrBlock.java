package virga.services.cloudformation.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of IPv4 or IPv6 addresses.
 *
 * @param base the first address
 * @param prefix how many leading bits are fixed
 * @param width 32 or 128
 */
record CidrBlock(BigInteger base, int prefix, int width) {
    static Optional<CidrBlock> parse(String text) {
        String[] parts = text.split("/");
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(parts[1]);
        Optional<BigInteger> base = parts[0].contains(":") ? sixth(parts[0]) : fourth(parts[0]);
        int width = parts[0].contains(":") ? 128 : 32;
        return prefix > width ? Optional.empty() : base.map(address -> new CidrBlock(address, prefix, width));
    }

    /** {@code count} blocks of {@code hostBits} free bits each, from the front; empty where they do not fit. */
    Optional<List<String>> split(int count, int hostBits) {
        int free = width - prefix;
        if (count < 1
                || count > 256
                || hostBits > free
                || BigInteger.valueOf(count).compareTo(BigInteger.ONE.shiftLeft(free - hostBits)) > 0) {
            return Optional.empty();
        }
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigInteger address = base.add(BigInteger.valueOf(i).shiftLeft(hostBits));
            blocks.add(format(address) + "/" + (width - hostBits));
        }
        return Optional.of(blocks);
    }

    private static Optional<BigInteger> fourth(String text) {
        String[] parts = text.split("\\.");
        BigInteger address = BigInteger.ZERO;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            address = address.shiftLeft(8).add(new BigInteger(part));
        }
        return parts.length == 4 ? Optional.of(address) : Optional.empty();
    }

    private static Optional<BigInteger> sixth(String text) {
        String[] halves = text.split("::", -1);
        List<String> groups = new ArrayList<>(groups(halves[0]));
        if (halves.length == 2) {
            List<String> tail = groups(halves[1]);
            while (groups.size() + tail.size() < 8) {
                groups.add("0");
            }
            groups.addAll(tail);
        }
        if (groups.size() != 8 || groups.stream().anyMatch(group -> !group.matches("[0-9a-fA-F]{1,4}"))) {
            return Optional.empty();
        }
        BigInteger address = BigInteger.ZERO;
        for (String group : groups) {
            address = address.shiftLeft(16).add(new BigInteger(group, 16));
        }
        return Optional.of(address);
    }

    private static List<String> groups(String half) {
        return half.isEmpty() ? List.of() : List.of(half.split(":"));
    }

    private String format(BigInteger address) {
        int group = width == 32 ? 8 : 16;
        List<String> parts = new ArrayList<>();
        for (int shift = width - group; shift >= 0; shift -= group) {
            int part = address.shiftRight(shift).intValue() & ((1 << group) - 1);
            parts.add(width == 32 ? Integer.toString(part) : Integer.toHexString(part));
        }
        return String.join(width == 32 ? "." : ":", parts);
    }
}
