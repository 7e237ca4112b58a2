package virga.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "invoke",
        description = {
            "Invokes a function and prints what it returns. Ends with 1 where the function fails.",
            "With --json: an object with statusCode, functionError (only where it failed), executedVersion, payload and logTail."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "  ./virga invoke orders-TakeOrder --payload '{\"item\": \"tea\"}'",
            "  ./virga invoke orders-TakeOrder --file event.json --tail"
        })
final class InvokeCommand extends Command {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FUNCTION", description = "Its name or ARN, or what its template calls it.")
    private String function;

    @Option(
            names = {"--payload", "-p"},
            paramLabel = "JSON",
            description = "The event (default: {}).")
    private String payload = "";

    @Option(
            names = {"--file", "-f"},
            paramLabel = "FILE",
            description = "A file with the event.")
    private Path file;

    @Option(names = "--tail", description = "Prints the end of the function's log to the error stream.")
    private boolean tail;

    @Mixin
    private Telling telling;

    InvokeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String doing() {
        return "invoking " + function;
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        ObjectNode input = RunningCloud.object()
                .put("FunctionName", function)
                .put("LogType", tail || telling.json() ? "Tail" : "None");
        input.put("Payload", Base64.getEncoder().encodeToString(event().getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = invoke(cloud, input);
        String log = decoded(answer.path("LogResult")).stripTrailing();
        String returned = decoded(answer.path("Payload"));
        telling.tell(terminal(), fact(answer, returned, log), () -> {
            if (!log.isEmpty()) {
                terminal().note(log);
            }
            terminal().line(returned);
        });
        return answer.hasNonNull("FunctionError") ? FAILED : OK;
    }

    private JsonNode invoke(RunningCloud cloud, ObjectNode input) throws RunningCloud.NotRunning {
        try {
            return cloud.call("lambda", "Invoke", input);
        } catch (Fault missing) {
            if (!missing.code().equals("ResourceNotFoundException") || function.startsWith("arn:")) {
                throw missing;
            }
            List<String> names = new ArrayList<>();
            for (JsonNode found : cloud.pages("lambda", "ListFunctions", "Functions", "Marker", "NextMarker")) {
                names.add(found.path("FunctionName").asText());
            }
            Fault plain = new Fault(
                    missing.code(),
                    missing.status(),
                    "There is no function " + function + " in environment " + cloud.environment());
            input.put("FunctionName", Named.meant(terminal(), function, names, "", "functions", plain));
            return cloud.call("lambda", "Invoke", input);
        }
    }

    private String event() {
        if (file == null) {
            return payload.isEmpty() ? "{}" : payload;
        }
        if (!payload.isEmpty()) {
            throw Failures.usage("the event is --payload or --file, not both");
        }
        return LocalFile.text("event", file);
    }

    private static ObjectNode fact(JsonNode answer, String returned, String log) {
        ObjectNode fact = RunningCloud.object()
                .put("statusCode", answer.path("StatusCode").asInt());
        if (answer.hasNonNull("FunctionError")) {
            fact.put("functionError", answer.get("FunctionError").asText());
        }
        fact.put("executedVersion", answer.path("ExecutedVersion").asText());
        fact.set("payload", parsed(returned));
        ArrayNode lines = fact.putArray("logTail");
        log.lines().forEach(lines::add);
        return fact;
    }

    /** A function that brings its own runtime may return what is not JSON: that is a text. */
    private static JsonNode parsed(String returned) {
        try {
            return JSON.readTree(returned);
        } catch (JsonProcessingException notJson) {
            return JSON.getNodeFactory().textNode(returned);
        }
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText("")), StandardCharsets.UTF_8);
    }
}
