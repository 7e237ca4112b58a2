package virga.services.apigatewayv2;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.cloud.Page;
import virga.model.apigatewayv2.BadRequestException;

/** Pages of API Gateway's listings. Source: maxResults and nextToken of the GET methods, API Gateway Version 2 API Reference. */
final class Pages {
    private Pages() {}

    /**
     * All items behind {@code token}, or at most {@code maxResults} of them.
     *
     * @param id unique among {@code all}
     * @throws BadRequestException for a number or a token that is none
     */
    static <T> Page<T> of(List<T> all, Optional<String> maxResults, Optional<String> token, Function<T, String> id) {
        int most = maxResults.map(Pages::number).orElse(Integer.MAX_VALUE);
        return Page.of(all, most, token, id, () -> new BadRequestException("Invalid nextToken specified"));
    }

    private static int number(String maxResults) {
        if (!maxResults.matches("[1-9][0-9]{0,8}")) {
            throw new BadRequestException("Invalid maxResults specified: " + maxResults);
        }
        return Integer.parseInt(maxResults);
    }
}
