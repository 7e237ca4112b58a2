package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "invoke",
        description = "Invokes a function and prints what it returns.",
        mixinStandardHelpOptions = true)
final class InvokeCommand extends Command {
    @Parameters(paramLabel = "FUNCTION", description = "Its name or ARN.")
    private String function;

    @Option(
            names = {"--payload", "-p"},
            description = "The event, JSON.")
    private String payload = "{}";

    @Option(
            names = {"--file", "-f"},
            description = "A file with the event.")
    private Path file;

    @Option(names = "--tail", description = "Prints the end of the function's log to the error stream.")
    private boolean tail;

    InvokeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        ObjectNode input = RunningCloud.object().put("FunctionName", function).put("LogType", tail ? "Tail" : "None");
        input.put("Payload", Base64.getEncoder().encodeToString(event().getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = cloud.call("lambda", "Invoke", input);
        if (tail && answer.hasNonNull("LogResult")) {
            terminal().note(decoded(answer.get("LogResult")).stripTrailing());
        }
        terminal().line(answer.hasNonNull("Payload") ? decoded(answer.get("Payload")) : "");
        return answer.hasNonNull("FunctionError") ? FAILED : OK;
    }

    private String event() {
        if (file == null) {
            return payload;
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Fault("Usage", 400, "cannot read " + file + ": " + e.getMessage());
        }
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }
}
