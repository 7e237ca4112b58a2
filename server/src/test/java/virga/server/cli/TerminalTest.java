package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import virga.observe.trace.Style;

final class TerminalTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Terminal terminal(boolean redraws) {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), Style.PLAIN, 20, redraws);
    }

    @Test
    void whatPassesIsWipedBeforeAnythingElseIsSaid() {
        Terminal terminal = terminal(true);
        terminal.passing("deploying orders, 1 s");
        terminal.line("done");
        terminal.note("noted");
        assertThat(err.toString()).isEqualTo("deploying orders, 1" + "\r\u001b[2K" + "noted\n");
        assertThat(out).hasToString("done\n");
    }

    @Test
    void aParagraphFitsAndLosesNothing() {
        terminal(false).paragraph("  ", "a shipment is written twice: sh-0123456789-0123456789 and another");
        assertThat(out).hasToString("""
                  a shipment is
                  written twice:
                  sh-0123456789-0123456789
                  and another
                """);
    }

    @Test
    void nothingPassesWhereNoPersonLooksOn() {
        Terminal terminal = terminal(false);
        terminal.passing("deploying orders, 1 s");
        terminal.passing("");
        assertThat(err.toString()).isEmpty();
    }
}
