package virga.services.apigatewayv2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAsk;

/** Cross-origin answers, which API Gateway gives itself where an API configures them. Source: "Configure CORS for HTTP APIs". */
final class CorsAnswer {
    private CorsAnswer() {}

    static boolean isPreflight(HttpAsk ask) {
        return ask.method().equals("OPTIONS")
                && header(ask, "origin").isPresent()
                && header(ask, "access-control-request-method").isPresent();
    }

    /** The headers of an answer to a request from {@code Origin}; none where the origin is not allowed. */
    static List<Header> headers(Api.Cors cors, HttpAsk ask, boolean preflight) {
        Optional<String> origin = header(ask, "origin");
        if (!cors.configured() || origin.isEmpty()) {
            return List.of();
        }
        boolean any = cors.origins().contains("*");
        boolean allowed = any
                || cors.origins().stream()
                        .anyMatch(pattern -> pattern.endsWith("*")
                                ? origin.get().startsWith(pattern.substring(0, pattern.length() - 1))
                                : pattern.equalsIgnoreCase(origin.get()));
        if (!allowed) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("access-control-allow-origin", any && !cors.credentials() ? "*" : origin.get()));
        if (cors.credentials()) {
            headers.add(new Header("access-control-allow-credentials", "true"));
        }
        if (!cors.exposed().isEmpty()) {
            headers.add(new Header("access-control-expose-headers", String.join(",", cors.exposed())));
        }
        if (preflight) {
            if (!cors.methods().isEmpty()) {
                headers.add(new Header("access-control-allow-methods", String.join(",", cors.methods())));
            }
            if (!cors.headers().isEmpty()) {
                headers.add(new Header("access-control-allow-headers", String.join(",", cors.headers())));
            }
            if (cors.maxAgeSeconds() >= 0) {
                headers.add(new Header("access-control-max-age", Integer.toString(cors.maxAgeSeconds())));
            }
        }
        return headers;
    }

    private static Optional<String> header(HttpAsk ask, String name) {
        return ask.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }
}
