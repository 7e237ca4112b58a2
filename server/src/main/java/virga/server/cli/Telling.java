package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/** Whom a command tells what it found: people in words, or a machine, a line of JSON for each fact. */
final class Telling {
    @Option(names = "--json", description = "As JSON, for machines; a failure too, on the error stream.")
    private boolean json;

    /** Whether a machine reads. */
    boolean json() {
        return json;
    }

    /** @param words says the same to people */
    void tell(Terminal terminal, JsonNode fact, Runnable words) {
        if (json) {
            terminal.line(fact.toString());
        } else {
            words.run();
        }
    }
}
