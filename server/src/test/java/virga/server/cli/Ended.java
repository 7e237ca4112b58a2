package virga.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import virga.observe.trace.Style;

/** What a command said and how it ended. */
public record Ended(int code, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static Ended of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), Style.PLAIN, 120);
        int code = Main.commandLine(terminal, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    /** What it said, as the one JSON document that it is. */
    JsonNode json() {
        List<JsonNode> documents = lines();
        if (documents.size() != 1) {
            throw new AssertionError("not one line but " + documents.size() + ": " + out + err);
        }
        return documents.getFirst();
    }

    /** What it said, a JSON document a line. */
    List<JsonNode> lines() {
        return out.lines().map(Ended::parsed).toList();
    }

    /** The failure that it told. */
    JsonNode failure() {
        return parsed(err);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
