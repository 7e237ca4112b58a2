package virga.server.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAnswer;
import virga.cloud.http.HttpAsk;
import virga.cloud.http.UserApis;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.routing.Destination.UserEndpoint;

/** Answers requests to what users deployed, and keeps a record of each. */
final class WebDoor {
    private final Cloud cloud;
    private final Consumer<Throwable> onBug;

    WebDoor(Cloud cloud, Consumer<Throwable> onBug) {
        this.cloud = cloud;
        this.onBug = onBug;
    }

    /** An API that was found, with the name that leads to it. */
    private record Found(LiveEnvironment environment, Scope scope, UserApis apis, String id) {}

    HttpResponse handle(UserEndpoint endpoint, HttpRequest request, String sourceIp) {
        Optional<Found> found = find(endpoint.id());
        if (found.isEmpty()) {
            // As API Gateway answers for an id that it does not know.
            return plain(404, "Not Found");
        }
        LiveEnvironment environment = found.get().environment;
        String trace = TraceHeader.root(request)
                .orElseGet(() -> environment.ports().ids().traceId());
        Scope scope = found.get().scope;
        Call call = environment.newCall(scope, new Principal.Anonymous(scope.account()), Cause.root(trace));
        return handle(found.get(), FrontDoor.from(call, sourceIp), request);
    }

    private HttpResponse handle(Found found, Call call, HttpRequest request) {
        HttpAsk ask = ask(request, call.sourceIp());
        long sequence = found.environment.sequence();
        long started = found.environment.ports().clock().nanos();
        HttpAnswer answer = answer(found, call, ask);
        found.environment
                .recorder()
                .record(new CallRecord(
                        call.requestId(),
                        CallRecord.Kind.REQUEST,
                        call.scope(),
                        call.principal().arn(),
                        List.of(call.cause()),
                        found.apis.service(),
                        answer.route(),
                        answer.resource().isEmpty() ? List.of() : List.of(answer.resource()),
                        call.at(),
                        found.environment.ports().clock().nanos() - started,
                        answer.status() < 400 ? "ok" : Integer.toString(answer.status()),
                        answer.status(),
                        ask.body(),
                        answer.body(),
                        sequence,
                        new TreeMap<>()));
        Headers.Builder headers = Headers.builder();
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        return HttpResponse.of(answer.status(), headers.build(), answer.body());
    }

    private HttpAnswer answer(Found found, Call call, HttpAsk ask) {
        try {
            return found.apis.handle(call, found.id, ask, found.environment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(ask, new Fault("ServiceUnavailable", 503, "Service Unavailable"));
        } catch (Fault fault) {
            return failure(ask, fault);
        } catch (RuntimeException bug) {
            onBug.accept(new Bug("request " + call.requestId() + " for " + ask.method() + " " + ask.rawPath(), bug));
            return failure(ask, new Fault("InternalFailure", 500, "Internal Server Error"));
        }
    }

    private static HttpAnswer failure(HttpAsk ask, Fault fault) {
        return new HttpAnswer(
                fault.status(),
                List.of(new Header("Content-Type", "application/json")),
                message(fault.getMessage()),
                ask.method() + " " + ask.rawPath(),
                "");
    }

    /** @param named an API's id; {@code ID@ENVIRONMENT} where forks have the same API, each under the same id */
    private Optional<Found> find(String named) {
        int at = named.indexOf('@');
        String id = at < 0 ? named : named.substring(0, at);
        List<LiveEnvironment> searched = at < 0
                ? cloud.environments()
                : cloud.find(named.substring(at + 1)).stream().toList();
        for (LiveEnvironment environment : searched) {
            for (UserApis apis : cloud.registry().userApis()) {
                Optional<Scope> scope = environment.read(reading -> apis.has(reading, id)
                        ? Optional.of(apis.scope(reading, environment.name(), id))
                        : Optional.empty());
                if (scope.isPresent()) {
                    return Optional.of(new Found(environment, scope.get(), apis, id));
                }
            }
        }
        return Optional.empty();
    }

    private static HttpAsk ask(HttpRequest request, String sourceIp) {
        List<Header> headers = new ArrayList<>();
        request.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        String host = request.headers().value("Host", "localhost");
        int port = host.lastIndexOf(':');
        return new HttpAsk(
                request.method(),
                port < 0 || host.endsWith("]") ? host : host.substring(0, port),
                request.path(),
                request.query(),
                headers,
                request.body().readAll(),
                sourceIp);
    }

    private static HttpResponse plain(int status, String message) {
        return HttpResponse.of(status, Headers.of("Content-Type", "application/json"), message(message));
    }

    private static Bytes message(String text) {
        return Bytes.ofUtf8("{\"message\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }
}
