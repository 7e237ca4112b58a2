package virga.services.apigatewayv2;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bytes;
import virga.model.apigatewayv2.BadRequestException;

/**
 * One page of a listing. Source: maxResults and nextToken of the GET methods, API Gateway Version 2 API Reference.
 *
 * @param next the token of the next page, or empty
 */
record Page<T>(List<T> items, String next) {
    Page {
        items = List.copyOf(items);
    }

    /** The token as a response has it: {@code null} where there is no next page. */
    String nextToken() {
        return next.isEmpty() ? null : next;
    }

    /**
     * The items behind {@code token}: all of them, or at most {@code maxResults}.
     *
     * @param all in the order of their keys
     * @param id unique among them
     * @throws BadRequestException for a number or a token that is none
     */
    static <T> Page<T> of(List<T> all, Optional<String> maxResults, Optional<String> token, Function<T, String> id) {
        int from = token.map(text -> behind(all, text, id)).orElse(0);
        int most = maxResults.map(Page::number).orElse(all.size());
        int to = Math.min(all.size(), from + Math.min(most, all.size()));
        String next = to < all.size() ? Bytes.ofUtf8(id.apply(all.get(to - 1))).base64() : "";
        return new Page<>(all.subList(from, to), next);
    }

    private static int number(String maxResults) {
        if (!maxResults.matches("[1-9][0-9]{0,8}")) {
            throw new BadRequestException("Invalid maxResults specified: " + maxResults);
        }
        return Integer.parseInt(maxResults);
    }

    private static <T> int behind(List<T> all, String token, Function<T, String> id) {
        try {
            int last =
                    all.stream().map(id).toList().indexOf(Bytes.ofBase64(token).utf8());
            if (last >= 0) {
                return last + 1;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below, as any other token that no page gave.
        }
        throw new BadRequestException("Invalid nextToken specified");
    }
}
