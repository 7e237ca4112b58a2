package virga.conformance.clients;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenarios with boto3, one program each; each checks what it is told itself and ends in a traceback where that is wrong. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class Boto3Test {
    @BeforeEach
    void isHere() {
        Client.BOTO3.requireHere();
    }

    private static void run(Terminal terminal, String program) {
        terminal.bring("boto3");
        terminal.set("RUNTIME", Client.pythonRuntime());
        terminal.run("python3", program).ok();
    }

    @Test
    void objects(Terminal terminal) {
        run(terminal, "objects.py");
    }

    @Test
    void items(Terminal terminal) {
        run(terminal, "items.py");
    }

    @Test
    void queues(Terminal terminal) {
        run(terminal, "queues.py");
    }

    @Test
    void functions(Terminal terminal) {
        run(terminal, "functions.py");
    }

    @Test
    void eventsParametersRolesAndLogs(Terminal terminal) {
        run(terminal, "events.py");
    }
}
