package virga.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import virga.protocol.Parameters;

/** What long requests have done so far, by a token that the client chose: it asks while it waits. Forgotten when they end. */
final class ProgressLines {
    private final Map<String, List<String>> running = new ConcurrentHashMap<>();

    /** Takes steps for the request with this token; steps of one without a token go nowhere. */
    Consumer<String> begin(String token) {
        if (token.isEmpty()) {
            return step -> {};
        }
        List<String> lines = new CopyOnWriteArrayList<>();
        running.put(token, lines);
        return lines::add;
    }

    void end(String token) {
        running.remove(token);
    }

    /** @param parameters {@code token}, and {@code from}, the count of lines that the client has */
    ObjectNode since(Parameters parameters) {
        List<String> lines = running.getOrDefault(parameters.first("token").orElse(""), List.of());
        int from = parameters
                .first("from")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var array = answer.putArray("lines");
        lines.stream().skip(from).forEach(array::add);
        return answer;
    }
}
