package virga.protocol.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.model.Operation;
import virga.protocol.HttpRequest;
import virga.protocol.Parameters;
import virga.protocol.PercentCoding;

/**
 * The REST operations of one service by method and path. A literal segment wins over a label, a label over a greedy one; among
 * operations at one path the one whose query and headers fit best. Source: Smithy's {@code http} trait; a slash at the end is ignored
 * as AWS's services do, except in what a greedy label takes.
 */
final class UriTrie {
    private final Node root = new Node();

    static UriTrie of(Iterable<Operation<?, ?>> operations) {
        UriTrie trie = new UriTrie();
        operations.forEach(trie::add);
        return trie;
    }

    /** An operation and its decoded labels. */
    record Match(Operation<?, ?> operation, Map<String, String> labels) {}

    /** @param path raw; may differ from the request's own where the bucket stood in the host name */
    Optional<Match> match(HttpRequest request, String path) {
        return Optional.ofNullable(new Search(request, path).from(root, 0));
    }

    /** Whether some operation has this first literal segment: enough to tell an unsigned request from one to a bucket. */
    boolean knowsFirstSegment(String path) {
        int end = path.indexOf('/', 1);
        return root.literals.containsKey(path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end));
    }

    private void add(Operation<?, ?> operation) {
        String uri = operation.http().uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        List<String> labels = new ArrayList<>();
        Node node = root;
        for (String segment : path.substring(1).split("/")) {
            if (segment.isEmpty()) {
                continue;
            }
            if (segment.startsWith("{")) {
                boolean greedy = segment.endsWith("+}");
                labels.add(segment.substring(1, segment.length() - (greedy ? 2 : 1)));
                node = greedy ? node.greedyChild() : node.labelChild();
            } else {
                node = node.literals.computeIfAbsent(segment, unused -> new Node());
            }
        }
        node.routes.add(new Route(operation, labels, mark < 0 ? "" : uri.substring(mark + 1)));
    }

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final List<Route> routes = new ArrayList<>(1);
        private Node label;
        private Node greedy;

        private Node labelChild() {
            if (label == null) {
                label = new Node();
            }
            return label;
        }

        private Node greedyChild() {
            if (greedy == null) {
                greedy = new Node();
            }
            return greedy;
        }
    }

    /** One walk, depth first. */
    private static final class Search {
        private final HttpRequest request;
        private final String path;
        private final List<String> captured = new ArrayList<>(4);
        private Parameters parameters;

        Search(HttpRequest request, String path) {
            this.request = request;
            this.path = path;
        }

        /** @param slash where the slash before the next segment stands */
        private Match from(Node node, int slash) {
            if (slash >= path.length() - 1) {
                Match match = best(node.routes);
                if (match != null || slash >= path.length()) {
                    return match;
                }
            }
            int start = slash + 1;
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            String segment = path.substring(start, end);
            Node literal = node.literals.get(segment);
            if (literal != null) {
                Match match = from(literal, end);
                if (match != null) {
                    return match;
                }
            }
            if (node.label != null && !segment.isEmpty()) {
                Match match = capturing(node.label, segment, end);
                if (match != null) {
                    return match;
                }
            }
            return node.greedy == null ? null : greedily(node.greedy, start);
        }

        private Match greedily(Node node, int start) {
            for (int end = path.length(); end > start; end = path.lastIndexOf('/', end - 1)) {
                Match match = capturing(node, path.substring(start, end), end);
                if (match != null) {
                    return match;
                }
            }
            return null;
        }

        private Match capturing(Node node, String text, int end) {
            captured.add(text);
            Match match = from(node, end);
            captured.removeLast();
            return match;
        }

        private Match best(List<Route> routes) {
            Route best = null;
            int bestFit = -1;
            for (Route route : routes) {
                if (!route.method().equals(request.method())) {
                    continue;
                }
                if (parameters == null) {
                    parameters = request.parameters();
                }
                int fit = route.fit(parameters, request.headers());
                if (fit > bestFit || fit == bestFit && best != null && route.isPreferredTo(best)) {
                    best = route;
                    bestFit = fit;
                }
            }
            return best == null ? null : new Match(best.operation(), labels(best));
        }

        private Map<String, String> labels(Route route) {
            if (captured.isEmpty()) {
                return Map.of();
            }
            Map<String, String> labels = new LinkedHashMap<>();
            for (int i = 0; i < captured.size(); i++) {
                labels.put(route.labels().get(i), PercentCoding.decode(captured.get(i)));
            }
            return labels;
        }
    }
}
