package virga.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** The JSON paths of InputPath and InputPathsMap: {@code $}, names behind dots, and places in arrays: {@code $.detail.items[0].id}. */
final class JsonPaths {
    private JsonPaths() {}

    static boolean isPath(String path) {
        return path.matches("\\$(\\.[^.\\[\\]]+|\\[\\d+]|\\['[^']+'])*");
    }

    /** The value there, or a missing node. */
    static JsonNode at(JsonNode event, String path) {
        JsonNode node = event;
        int at = 1;
        while (at < path.length() && !node.isMissingNode()) {
            if (path.charAt(at) == '.') {
                int end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                node = node.path(path.substring(at + 1, end));
                at = end;
            } else {
                int end = path.indexOf(']', at);
                if (end < 0) {
                    return MissingNode.getInstance();
                }
                String inside = path.substring(at + 1, end);
                node = inside.startsWith("'")
                        ? node.path(inside.substring(1, inside.length() - 1))
                        : node.path(Integer.parseInt(inside));
                at = end + 1;
            }
        }
        return node;
    }
}
