package virga.conformance.sdk;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Cors;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Account.Answer;

/** HTTP APIs of a test's own, and requests to them. */
record WebApis(Account account, ApiGatewayV2Client gateway) {
    /** An API and where it answers. */
    record Api(String id, String endpoint) {}

    static WebApis in(Account account) {
        return new WebApis(account, account.client(ApiGatewayV2Client.builder()));
    }

    Api api(String purpose, Cors cors) {
        var made = gateway.createApi(request ->
                request.name(account.name(purpose)).protocolType("HTTP").corsConfiguration(cors));
        account.afterwards(() -> gateway.deleteApi(request -> request.apiId(made.apiId())));
        return new Api(made.apiId(), made.apiEndpoint());
    }

    Api api(String purpose) {
        return api(purpose, null);
    }

    /** What a route's target is called for a function that API Gateway may invoke. */
    String function(Api api, Functions functions, String name, String payloadVersion) {
        String arn = functions
                .lambda()
                .getFunction(request -> request.functionName(name))
                .configuration()
                .functionArn();
        functions
                .lambda()
                .addPermission(request -> request.functionName(name)
                        .statementId("api-" + payloadVersion.charAt(0))
                        .action("lambda:InvokeFunction")
                        .principal("apigateway.amazonaws.com"));
        return integration(api, arn, payloadVersion);
    }

    /** What a route's target is called. */
    String integration(Api api, String functionArn, String payloadVersion) {
        return "integrations/"
                + gateway.createIntegration(request -> request.apiId(api.id())
                                .integrationType("AWS_PROXY")
                                .integrationUri(functionArn)
                                .payloadFormatVersion(payloadVersion))
                        .integrationId();
    }

    void route(Api api, String key, String target) {
        gateway.createRoute(request -> request.apiId(api.id()).routeKey(key).target(target));
    }

    void stage(Api api, String name, Map<String, String> variables) {
        gateway.createStage(request ->
                request.apiId(api.id()).stageName(name).autoDeploy(true).stageVariables(variables));
    }

    Answer ask(Api api, SdkHttpMethod method, String path, Map<String, List<String>> headers, String body) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(method)
                .uri(URI.create(api.endpoint() + path))
                .headers(headers);
        if (!body.isEmpty()) {
            request.putHeader("Content-Length", Integer.toString(body.length()));
        }
        return account.fetch(request.build(), Optional.of(body).filter(text -> !text.isEmpty()));
    }

    Answer get(Api api, String path) {
        return ask(api, SdkHttpMethod.GET, path, Map.of(), "");
    }
}
