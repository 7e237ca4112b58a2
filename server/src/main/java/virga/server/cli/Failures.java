package virga.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import virga.kernel.Fault;

/**
 * Tells on the error stream why a command failed, and with which exit code it ends. Under {@code --json} that is one object with
 * {@code code} and {@code message}.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_RUNNING = 3;

    private static final String USAGE_CODE = "Usage";

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What was given to a command is not right, and it is the person at the keyboard who can mend it. */
    static Fault usage(String message) {
        return new Fault(USAGE_CODE, 400, message);
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String message = wrong.getMessage();
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return told(List.of(arguments).contains("--json"), command, USAGE_CODE, message);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        boolean json = command.getParseResult().hasMatchedOption("--json");
        return switch (failure) {
            case RunningCloud.NotRunning nobody -> told(json, command, "NotRunning", nobody.getMessage());
            case Fault fault -> told(json, command, fault.code(), String.valueOf(fault.getMessage()));
            case UncheckedIOException file -> told(json, command, "Failed", String.valueOf(file.getMessage()));
            case IOException file -> told(json, command, "Failed", file.toString());
            case InterruptedException stopped -> {
                Thread.currentThread().interrupt();
                yield FAILED;
            }
            default -> throw failure;
        };
    }

    private int told(boolean json, CommandLine command, String code, String message) {
        if (json) {
            ObjectNode failure = JsonNodeFactory.instance.objectNode();
            terminal.note(failure.put("code", code).put("message", message).toString());
        } else {
            switch (code) {
                case USAGE_CODE -> {
                    String name = command.getCommandSpec().qualifiedName();
                    terminal.note(terminal.red(name) + ": " + message);
                    terminal.note("See " + name + " --help");
                }
                case "NotRunning" -> terminal.note(message);
                default -> terminal.note(terminal.red(code) + ": " + message);
            }
        }
        return switch (code) {
            case USAGE_CODE -> USAGE;
            case "NotRunning" -> NOT_RUNNING;
            default -> FAILED;
        };
    }
}
