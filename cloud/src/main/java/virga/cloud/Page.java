package virga.cloud;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.Unset;

/**
 * One page of a listing.
 *
 * @param next the token of the next page, or empty
 */
public record Page<T>(List<T> items, String next) {
    public Page {
        items = List.copyOf(items);
    }

    public boolean isLast() {
        return next.isEmpty();
    }

    /** The token as a response has it: {@code null} where there is no next page. */
    public String nextToken() {
        return Unset.ifEmpty(next);
    }

    /**
     * The items behind {@code token}, at most {@code most} of them.
     *
     * @param all in an order that stays the same from page to page
     * @param key unique among them
     * @param invalid the error of a token that no page gave
     */
    public static <T> Page<T> of(
            List<T> all, int most, Optional<String> token, Function<T, String> key, Supplier<? extends Fault> invalid) {
        int from = 0;
        if (token.isPresent()) {
            int last = all.stream().map(key).toList().indexOf(key(token.get(), invalid));
            if (last < 0) {
                throw invalid.get();
            }
            from = last + 1;
        }
        int to = from + Math.min(most, all.size() - from);
        String next = to < all.size() ? Bytes.ofUtf8(key.apply(all.get(to - 1))).base64() : "";
        return new Page<>(all.subList(from, to), next);
    }

    private static String key(String token, Supplier<? extends Fault> invalid) {
        try {
            return Bytes.ofBase64(token).utf8();
        } catch (IllegalArgumentException notBase64) {
            throw invalid.get();
        }
    }
}
