package virga.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The aws CLI in a terminal. */
record Aws(Terminal terminal) {
    /** A command that is expected to end well. */
    Terminal.Result ok(String... arguments) {
        return run(arguments).ok();
    }

    JsonNode json(String... arguments) {
        return ok(arguments).json();
    }

    Terminal.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("aws"));
        if (arguments[0].equals("sqs")) {
            // Version 1 has an address of its own for SQS, which goes before the variable.
            command.addAll(List.of("--endpoint-url", terminal.endpoint()));
        }
        command.addAll(List.of(arguments));
        return terminal.run(command);
    }
}
