package virga.services.apigatewayv2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request: the most specific path wins, and its own method before {@code ANY}; then {@code $default}. Source:
 * "Create routes for HTTP APIs", API Gateway Developer Guide.
 */
final class Routing {
    private static final int LITERAL = 3;
    private static final int VARIABLE = 2;
    private static final int GREEDY = 1;

    private Routing() {}

    /** A route and what its path's variables are in the request, decoded. */
    record Match(Route route, Map<String, String> variables) {}

    static Optional<Match> find(List<Route> routes, String method, String rawPath) {
        Match best = null;
        String bestRank = "";
        for (Route route : routes) {
            if (route.key().equals("$default")) {
                continue;
            }
            String routeMethod = route.key().substring(0, route.key().indexOf(' '));
            String routePath = route.key().substring(route.key().indexOf(' ') + 1);
            if (!routeMethod.equals(method) && !routeMethod.equals("ANY")) {
                continue;
            }
            Map<String, String> variables = new LinkedHashMap<>();
            String rank = rank(routePath, rawPath, variables);
            if (rank.isEmpty()) {
                continue;
            }
            String whole = rank + (routeMethod.equals("ANY") ? "0" : "1");
            if (whole.compareTo(bestRank) > 0) {
                best = new Match(route, variables);
                bestRank = whole;
            }
        }
        if (best != null) {
            return Optional.of(best);
        }
        return routes.stream()
                .filter(route -> route.key().equals("$default"))
                .map(route -> new Match(route, Map.of()))
                .findFirst();
    }

    /** How specific the match is, a digit for each segment; empty where the path does not match. */
    private static String rank(String routePath, String rawPath, Map<String, String> variables) {
        String[] pattern = segments(routePath);
        String[] path = segments(rawPath);
        StringBuilder rank = new StringBuilder();
        for (int i = 0; i < pattern.length; i++) {
            String part = pattern[i];
            if (part.endsWith("+}") && part.startsWith("{")) {
                if (path.length <= i || path[i].isEmpty()) {
                    return "";
                }
                String rest = String.join("/", java.util.Arrays.copyOfRange(path, i, path.length));
                variables.put(part.substring(1, part.length() - 2), decoded(rest));
                return rank.append(GREEDY).toString();
            }
            if (i >= path.length) {
                return "";
            }
            if (part.startsWith("{") && part.endsWith("}") && !path[i].isEmpty()) {
                variables.put(part.substring(1, part.length() - 1), decoded(path[i]));
                rank.append(VARIABLE);
            } else if (part.equals(path[i])) {
                rank.append(LITERAL);
            } else {
                return "";
            }
        }
        return pattern.length == path.length ? rank.toString() : "";
    }

    private static String[] segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        return trimmed.split("/", -1);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }
}
