package virga.services.iam;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bytes;
import virga.kernel.Fault;

/**
 * One page of a listing.
 *
 * @param next the marker of the next page, or empty
 */
record Page<T>(List<T> items, String next) {
    private static final int DEFAULT_ITEMS = 100;

    boolean truncated() {
        return !next.isEmpty();
    }

    /** The marker as a response has it: {@code null} where there is no next page. */
    String marker() {
        return next.isEmpty() ? null : next;
    }

    /**
     * The items behind {@code marker}, at most {@code maxItems} of them.
     *
     * @param all in the order of their keys' first mention; a key is unique
     */
    static <T> Page<T> of(List<T> all, Optional<String> marker, Optional<Integer> maxItems, Function<T, String> key) {
        int from = 0;
        if (marker.isPresent()) {
            String last = decode(marker.get());
            while (from < all.size() && !key.apply(all.get(from)).equals(last)) {
                from++;
            }
            if (from == all.size()) {
                throw invalid();
            }
            from++;
        }
        int to = Math.min(all.size(), from + maxItems.orElse(DEFAULT_ITEMS));
        String next = to < all.size() ? Bytes.ofUtf8(key.apply(all.get(to - 1))).base64() : "";
        return new Page<>(all.subList(from, to), next);
    }

    private static String decode(String marker) {
        try {
            return Bytes.ofBase64(marker).utf8();
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Fault invalid() {
        return new Fault("ValidationError", 400, "Invalid Marker.");
    }
}
