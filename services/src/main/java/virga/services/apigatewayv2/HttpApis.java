package virga.services.apigatewayv2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAnswer;
import virga.cloud.http.HttpAsk;
import virga.cloud.http.UserApis;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.InvocationResponse;
import virga.model.lambda.Lambda;
import virga.store.Reading;

/** Answers requests to HTTP APIs: finds stage and route, invokes the function, turns its answer into HTTP. */
final class HttpApis implements UserApis {
    private static final Header IS_JSON = new Header("content-type", "application/json");
    private static final int NO_CONTENT = 204;

    @Override
    public String service() {
        return "apigateway";
    }

    @Override
    public boolean has(Reading reading, String apiId) {
        return reading.get(ApiKeys.API.key(apiId)).isPresent();
    }

    @Override
    public Scope scope(Reading reading, String environment, String apiId) {
        Scope scope = reading.get(ApiKeys.API.key(apiId), ApiKeys.API_ROW)
                .orElseThrow()
                .scope();
        // A fork's rows name the environment that they were written in.
        return new Scope(environment, scope.account(), scope.region());
    }

    /** What serves a request. {@code path} is the raw path without the stage. */
    private record Served(Api api, Stage stage, String path, List<Route> routes, List<Integration> integrations) {}

    @Override
    public HttpAnswer handle(Call call, String apiId, HttpAsk ask, Environment environment) {
        Optional<Served> served = environment.read(reading -> serve(reading, apiId, ask.rawPath()));
        if (served.isEmpty()) {
            return message(404, "Not Found", ask.method() + " " + ask.rawPath(), arn(call, apiId, "-", ask));
        }
        Api api = served.get().api();
        String arn = arn(call, apiId, served.get().stage().name(), ask);
        Optional<Routing.Match> match =
                Routing.find(served.get().routes(), ask.method(), served.get().path());
        boolean ownOptions =
                match.map(found -> found.route().key().startsWith("OPTIONS ")).orElse(false);
        if (api.cors().configured() && CorsAnswer.isPreflight(ask) && !ownOptions) {
            return new HttpAnswer(
                    NO_CONTENT,
                    CorsAnswer.headers(api.cors(), ask, true),
                    Bytes.EMPTY,
                    "OPTIONS " + served.get().path(),
                    arn);
        }
        if (match.isEmpty()) {
            return withCors(
                    api,
                    ask,
                    message(404, "Not Found", ask.method() + " " + served.get().path(), arn));
        }
        return withCors(api, ask, invoke(call, served.get(), match.get(), ask, environment, arn));
    }

    private static Optional<Served> serve(Reading reading, String apiId, String rawPath) {
        Api api = reading.get(ApiKeys.API.key(apiId), ApiKeys.API_ROW).orElseThrow();
        String first = rawPath.length() > 1 ? rawPath.substring(1).split("/", 2)[0] : "";
        Optional<Stage> named =
                first.isEmpty() ? Optional.empty() : reading.get(ApiKeys.STAGE.key(apiId, first), ApiKeys.STAGE_ROW);
        Optional<Stage> stage =
                named.isPresent() ? named : reading.get(ApiKeys.STAGE.key(apiId, Stage.DEFAULT), ApiKeys.STAGE_ROW);
        if (stage.isEmpty()) {
            return Optional.empty();
        }
        String path = named.isPresent() ? rawPath.substring(1 + first.length()) : rawPath;
        String rooted = path.isEmpty() ? "/" : path;
        if (stage.get().autoDeploy()) {
            return Optional.of(new Served(
                    api, stage.get(), rooted, Apis.routes(reading, apiId), Apis.integrations(reading, apiId)));
        }
        return reading.get(ApiKeys.DEPLOYMENT.key(apiId, stage.get().deploymentId()), ApiKeys.DEPLOYMENT_ROW)
                .map(deployed -> new Served(api, stage.get(), rooted, deployed.routes(), deployed.integrations()));
    }

    private static String arn(Call call, String api, String stage, HttpAsk ask) {
        return "arn:aws:execute-api:" + call.region() + ":" + call.account() + ":" + api + "/" + stage + "/"
                + ask.method() + ask.rawPath();
    }

    private static HttpAnswer withCors(Api api, HttpAsk ask, HttpAnswer answer) {
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.addAll(CorsAnswer.headers(api.cors(), ask, false));
        return new HttpAnswer(answer.status(), headers, answer.body(), answer.route(), answer.resource());
    }

    private static HttpAnswer invoke(
            Call call, Served served, Routing.Match match, HttpAsk ask, Environment environment, String arn) {
        String route = match.route().key();
        Optional<Integration> integration = served.integrations().stream()
                .filter(found -> found.id().equals(match.route().integrationId()))
                .findFirst();
        if (integration.isEmpty()) {
            return message(500, "Internal Server Error", route, arn);
        }
        String version = integration.get().payloadVersion();
        Call inner = environment.newCall(
                call.scope(),
                new Principal.Service(call.account(), "apigateway.amazonaws.com", arn),
                call.causeOfWhatFollows("apigateway"));
        InvocationResponse response;
        try {
            response = environment.call(
                    inner,
                    Lambda.INVOKE,
                    InvocationRequest.builder()
                            .functionName(integration.get().functionArn())
                            .payload(event(call, served, match, ask, version))
                            .build());
        } catch (Fault fault) {
            boolean busy = fault.code().equals("TooManyRequestsException");
            return message(busy ? 503 : 500, busy ? "Service Unavailable" : "Internal Server Error", route, arn);
        }
        if (response.functionError().isPresent()) {
            return message(500, "Internal Server Error", route, arn);
        }
        return ProxyAnswer.parse(response.payload().orElse(Bytes.EMPTY), version)
                .map(answer -> new HttpAnswer(answer.status(), answer.headers(), answer.body(), route, arn))
                .orElseGet(() -> message(500, "Internal Server Error", route, arn));
    }

    private static Bytes event(Call call, Served served, Routing.Match match, HttpAsk ask, String version) {
        return Bytes.ofUtf8((version.equals("1.0")
                        ? FirstProxyEvent.of(call, served.api(), served.stage(), match, ask)
                        : ProxyEvent.of(call, served.api(), served.stage(), match, ask))
                .toString());
    }

    private static HttpAnswer message(int status, String message, String route, String arn) {
        return new HttpAnswer(status, List.of(IS_JSON), Bytes.ofUtf8("{\"message\":\"" + message + "\"}"), route, arn);
    }
}
