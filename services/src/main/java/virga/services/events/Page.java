package virga.services.events;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bytes;
import virga.kernel.Fault;

/**
 * One page of a listing. Source: Limit and NextToken of the List operations, EventBridge API Reference.
 *
 * @param next the token of the next page, or empty
 */
record Page<T>(List<T> items, String next) {
    private static final int MOST = 100;

    Page {
        items = List.copyOf(items);
    }

    /** The token as a response has it: {@code null} where there is no next page. */
    String nextToken() {
        return next.isEmpty() ? null : next;
    }

    /**
     * The items behind {@code token}, at most {@code limit} of them.
     *
     * @param all in their order, which stays the same from page to page
     * @param name unique among them
     */
    static <T> Page<T> of(List<T> all, Optional<Integer> limit, Optional<String> token, Function<T, String> name) {
        int from = token.map(text -> behind(all, text, name)).orElse(0);
        int to = Math.min(all.size(), from + limit.orElse(MOST));
        String next =
                to < all.size() ? Bytes.ofUtf8(name.apply(all.get(to - 1))).base64() : "";
        return new Page<>(all.subList(from, to), next);
    }

    private static <T> int behind(List<T> all, String token, Function<T, String> name) {
        try {
            int last = all.stream()
                    .map(name)
                    .toList()
                    .indexOf(Bytes.ofBase64(token).utf8());
            if (last >= 0) {
                return last + 1;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, as any other token that no page gave.
        }
        throw new Fault("ValidationException", 400, "Token is invalid.");
    }
}
