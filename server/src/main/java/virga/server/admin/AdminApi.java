package virga.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import virga.cloud.spine.Cloud;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.Composition;
import virga.server.door.Door;

/** Answers what is asked of the cloud itself. Only who is on this machine can ask: the door listens on the loopback address. */
public final class AdminApi implements Door {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/_virga/";
    /** What test helpers of other emulators poll and post to. */
    private static final List<String> HEALTH =
            List.of("/_localstack/health", "/_virga/health", "/_ministack/health", "/moto-api/", "/health");

    /** Whether everything that runs at start has run. */
    private static final List<String> INITIALISED = List.of("/_localstack/init", "/_localstack/init/ready");

    private static final List<String> RESET =
            List.of("/_virga/reset", "/moto-api/reset", "/_localstack/state/reset", "/_ministack/reset");

    private final Cloud cloud;
    private final EnvironmentAdmin environments;
    private final OperationAdmin operations;
    private final TraceAdmin traces;
    private final ReviewAdmin reviews;
    private final Runnable stop;

    /** @param stop asks the process to end once the answer is on its way */
    public AdminApi(Composition composition, DeployedNames names, Runnable stop) {
        this.cloud = composition.cloud();
        this.environments = new EnvironmentAdmin(cloud);
        this.operations = new OperationAdmin(cloud);
        this.traces = new TraceAdmin(composition.records().observatory(), names);
        this.reviews = new ReviewAdmin(composition);
        this.stop = stop;
    }

    /** Whether the request is for this interface: user APIs under {@code /_virga/api/} are not. */
    public static boolean isFor(HttpRequest request) {
        String path = request.path();
        return path.startsWith(ROOT) && !path.startsWith("/_virga/api/")
                || HEALTH.contains(path)
                || INITIALISED.contains(path)
                || RESET.contains(path);
    }

    /** An answer of this interface. */
    record Answer(String type, String body) {
        static Answer json(JsonNode body) {
            return new Answer("application/json", body.toString());
        }

        static Answer text(String body) {
            return new Answer("text/plain; charset=utf-8", body);
        }
    }

    @Override
    public HttpResponse handle(HttpRequest request, String sourceIp) {
        try {
            Answer answer = answer(request);
            return HttpResponse.of(200, Headers.of("Content-Type", answer.type()), Bytes.ofUtf8(answer.body()));
        } catch (Fault fault) {
            ObjectNode body = JSON.createObjectNode();
            body.put("code", fault.code())
                    .put("message", String.valueOf(fault.getMessage()))
                    .put("status", fault.status());
            return HttpResponse.of(
                    fault.status(), Headers.of("Content-Type", "application/json"), Bytes.ofUtf8(body.toString()));
        }
    }

    private Answer answer(HttpRequest request) {
        String path = request.path();
        String environment = request.parameters().first("environment").orElse(Cloud.DEFAULT_ENVIRONMENT);
        if (HEALTH.contains(path)) {
            return Answer.json(status().put("status", "running"));
        }
        if (INITIALISED.contains(path)) {
            return Answer.json(initialised());
        }
        if (RESET.contains(path)) {
            require(request, "POST");
            cloud.reset(environment);
            return Answer.json(JSON.createObjectNode().put("status", "OK"));
        }
        List<String> parts = Arrays.asList(path.substring(ROOT.length()).split("/"));
        return switch (parts.getFirst()) {
            case "status" -> Answer.json(status());
            case "shutdown" -> shutdown(request);
            case "environments" -> Answer.json(environments.answer(request.method(), parts, body(request)));
            case "clock" -> Answer.json(environments.clock(environment, request.method(), body(request)));
            case "call" -> {
                require(request, "POST");
                yield new Answer(
                        "application/json",
                        operations.call(environment, parts, request.body().readAll()));
            }
            case "traces" -> traces.answer(cloud.environment(environment).name(), parts, request.parameters());
            case "review" -> reviews.review(environment, body(request), request.parameters());
            case "replay" -> reviews.replay(environment, parts, request.parameters());
            case "progress" -> reviews.progress(request.parameters());
            default -> throw unknown(request);
        };
    }

    private static ObjectNode initialised() {
        ObjectNode init = JSON.createObjectNode();
        init.putObject("completed")
                .put("BOOT", true)
                .put("START", true)
                .put("READY", true)
                .put("SHUTDOWN", false);
        init.putArray("scripts");
        return init;
    }

    private ObjectNode status() {
        ObjectNode status = JSON.createObjectNode();
        status.put("environments", cloud.environments().size());
        ObjectNode services = status.putObject("services");
        cloud.registry().models().forEach(model -> services.put(model.modelName(), "running"));
        return status;
    }

    private Answer shutdown(HttpRequest request) {
        require(request, "POST");
        stop.run();
        return Answer.json(JSON.createObjectNode().put("status", "stopping"));
    }

    private static ObjectNode body(HttpRequest request) {
        Bytes body = request.body().readAll();
        if (body.isEmpty()) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(body.utf8()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Fault("InvalidRequest", 400, "The body is not JSON: " + e.getOriginalMessage());
        }
        throw new Fault("InvalidRequest", 400, "The body must be a JSON object");
    }

    private static void require(HttpRequest request, String method) {
        if (!request.method().equals(method)) {
            throw new Fault("MethodNotAllowed", 405, request.path() + " takes " + method + ", not " + request.method());
        }
    }

    static Fault unknown(HttpRequest request) {
        return new Fault("NotFound", 404, "There is no " + request.method() + " " + request.path());
    }
}
