package virga.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.console.ConsoleAnswer;
import virga.console.ConsoleApi;
import virga.console.Environments;
import virga.kernel.Bytes;
import virga.observe.Names;
import virga.observe.Observatory;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/** Shows the console to browsers, and sends those that ask for the cloud's root there. */
public final class ConsoleDoor implements Door {
    private final ConsoleApi console;

    public ConsoleDoor(Cloud cloud, Observatory observatory, DeployedNames names) {
        this.console = new ConsoleApi(
                observatory,
                new OpenEnvironments(cloud, names),
                cloud.registry().models());
    }

    /** Whether a request is for the console: nothing that an AWS client sends is, its {@code GET /} is signed and asks for no page. */
    public static boolean isFor(HttpRequest request) {
        return request.path().equals(ConsoleApi.ROOT)
                || request.path().startsWith(ConsoleApi.ROOT + "/")
                || isBrowserAtRoot(request);
    }

    @Override
    public HttpResponse handle(HttpRequest request, String sourceIp) {
        if (isBrowserAtRoot(request)) {
            return HttpResponse.of(302, Headers.of("Location", ConsoleApi.ROOT), Bytes.EMPTY);
        }
        if (!request.method().equals("GET")) {
            return HttpResponse.of(405, Headers.of("Allow", "GET"), Bytes.EMPTY);
        }
        Map<String, String> query = new TreeMap<>();
        request.parameters().forEach(query::putIfAbsent);
        Optional<ConsoleAnswer> answer = console.handle(request.path(), query);
        return answer.map(ConsoleDoor::response)
                .orElseGet(() -> HttpResponse.of(404, Headers.of("Content-Type", "text/plain"), Bytes.EMPTY));
    }

    private static HttpResponse response(ConsoleAnswer answer) {
        // Never from a cache: the page must belong to the Virga that runs.
        Headers headers = Headers.of(
                "Content-Type", answer.contentType(), "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");
        return HttpResponse.of(answer.status(), headers, answer.body());
    }

    private static boolean isBrowserAtRoot(HttpRequest request) {
        return request.method().equals("GET")
                && request.path().equals("/")
                && request.parameters().isEmpty()
                && !request.headers().has("Authorization")
                && request.headers().value("Accept", "").contains("text/html");
    }

    private record OpenEnvironments(Cloud cloud, DeployedNames deployed) implements Environments {
        @Override
        public Names names(String environment) {
            return deployed.of(environment);
        }

        @Override
        public List<String> names() {
            return cloud.environments().stream().map(LiveEnvironment::name).toList();
        }

        @Override
        public Optional<Instant> now(String environment) {
            return cloud.environments().stream()
                    .filter(open -> open.name().equals(environment))
                    .findFirst()
                    .map(open -> open.ports().clock().now());
        }
    }
}
