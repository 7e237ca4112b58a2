package virga.conformance.clients;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenarios with the AWS SDK for JavaScript, one program each, which knows of the cloud by its environment's variables alone. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class JavaScriptTest {
    @BeforeEach
    void isHere() {
        Client.JAVASCRIPT_SDK.requireHere();
    }

    private static void run(Terminal terminal, String program) {
        terminal.bring("javascript");
        terminal.bringPackages();
        terminal.zip("function", "function.zip");
        terminal.run("node", program).ok();
    }

    @Test
    void objects(Terminal terminal) {
        run(terminal, "objects.mjs");
    }

    @Test
    void items(Terminal terminal) {
        run(terminal, "items.mjs");
    }

    @Test
    void functionsQueuesAndEvents(Terminal terminal) {
        run(terminal, "events.mjs");
    }
}
