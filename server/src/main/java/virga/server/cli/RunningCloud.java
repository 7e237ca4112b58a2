package virga.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Fault;

/** The cloud that is running, as its commands reach it: its own interface under {@code /_virga}. */
final class RunningCloud {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String endpoint;
    private final String environment;
    /** No upgrade to HTTP/2: a cloud that ends closes those connections before their last answer was read. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningCloud(String endpoint, String environment) {
        this.endpoint = endpoint;
        this.environment = environment;
    }

    /** Nothing answers there. */
    static final class NotRunning extends Exception {
        NotRunning(String endpoint) {
            super("No Virga answers at " + endpoint + ". Start one with: ./virga up");
        }
    }

    String endpoint() {
        return endpoint;
    }

    String environment() {
        return environment;
    }

    JsonNode get(String path, Map<String, String> query) throws NotRunning {
        return parsed(send(request(path, query).GET().build()));
    }

    JsonNode get(String path) throws NotRunning {
        return get(path, Map.of());
    }

    /** An answer that is text for people. */
    String text(String path, Map<String, String> query) throws NotRunning {
        return send(request(path, query).GET().build());
    }

    JsonNode post(String path, Map<String, String> query, ObjectNode body) throws NotRunning {
        return parsed(send(request(path, query)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
    }

    JsonNode post(String path, ObjectNode body) throws NotRunning {
        return parsed(postText(path, body.toString()));
    }

    String postText(String path, String json) throws NotRunning {
        return send(request(path, Map.of())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    JsonNode delete(String path) throws NotRunning {
        return parsed(send(request(path, Map.of()).DELETE().build()));
    }

    /** Any operation of any service. {@code service} is botocore's name. */
    JsonNode call(String service, String operation, ObjectNode input) throws NotRunning {
        return post("/_virga/call/" + service + "/" + operation, input);
    }

    /** All that a listing has in {@code member}, page by page. */
    List<JsonNode> pages(String service, String operation, String member, String tokenIn, String tokenOut)
            throws NotRunning {
        return pages(service, operation, object(), member, tokenIn, tokenOut);
    }

    /** As above, of what {@code input} asks for. */
    List<JsonNode> pages(
            String service, String operation, ObjectNode input, String member, String tokenIn, String tokenOut)
            throws NotRunning {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            if (!next.isEmpty()) {
                input.put(tokenIn, next);
            }
            JsonNode page = call(service, operation, input);
            page.path(member).forEach(all::add);
            next = page.path(tokenOut).asText("");
        } while (!next.isEmpty());
        return all;
    }

    /**
     * The environment that is meant: its name, account, region and root key.
     *
     * @throws Fault {@code EnvironmentNotFound}, which lists those there are
     */
    JsonNode facts() throws NotRunning {
        return get("/_virga/environments/" + environment);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        Map<String, String> all = new TreeMap<>(query);
        all.put("environment", environment);
        StringBuilder uri = new StringBuilder(endpoint).append(escaped(path));
        char separator = '?';
        for (Map.Entry<String, String> parameter : all.entrySet()) {
            uri.append(separator).append(parameter.getKey()).append('=');
            uri.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        try {
            return HttpRequest.newBuilder(URI.create(uri.toString()));
        } catch (IllegalArgumentException e) {
            throw Failures.usage("the endpoint must be like http://127.0.0.1:4566, not " + endpoint);
        }
    }

    /** Names in a path are what people typed. */
    private static String escaped(String path) {
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException e) {
            throw Failures.usage("not a name: " + path);
        }
    }

    /** @throws Fault as the cloud answers */
    private String send(HttpRequest request) throws NotRunning {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 400) {
                return response.body();
            }
            throw fault(response);
        } catch (ConnectException e) {
            throw new NotRunning(endpoint);
        } catch (IOException e) {
            throw new Fault("ConnectionBroken", 503, "The connection to " + endpoint + " broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Interrupted", 503, "Interrupted");
        }
    }

    private static Fault fault(HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (body != null && body.has("message")) {
                return new Fault(
                        body.path("code").asText("Failed"),
                        response.statusCode(),
                        body.get("message").asText());
            }
        } catch (JsonProcessingException notOurs) {
            // Something else answers there; its own words will have to do.
        }
        return new Fault("Failed", response.statusCode(), response.statusCode() + " " + response.body());
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Fault("Failed", 502, "What answers is not Virga: " + body);
        }
    }
}
