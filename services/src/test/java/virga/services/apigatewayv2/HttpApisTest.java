package virga.services.apigatewayv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAnswer;
import virga.cloud.http.HttpAsk;
import virga.cloud.http.UserApis;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.ServiceModel;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.Cors;
import virga.model.apigatewayv2.CreateApiRequest;
import virga.model.apigatewayv2.CreateDeploymentRequest;
import virga.model.apigatewayv2.CreateIntegrationRequest;
import virga.model.apigatewayv2.CreateRouteRequest;
import virga.model.apigatewayv2.CreateStageRequest;
import virga.model.apigatewayv2.ImportApiRequest;
import virga.model.lambda.InvocationResponse;
import virga.model.lambda.Lambda;

final class HttpApisTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:orders";

    /** Stands for Lambda: answers what it is told to, and keeps the events it was given. */
    private static final class TestingLambda implements Service {
        private final List<String> events = new ArrayList<>();
        private InvocationResponse answer = InvocationResponse.builder()
                .statusCode(200)
                .payload(Bytes.ofUtf8("{\"ok\":true}"))
                .build();

        @Override
        public ServiceModel model() {
            return Lambda.MODEL;
        }

        @Override
        public void bind(Binder binder) {
            binder.conversation(Lambda.INVOKE, (call, input, exchange) -> {
                events.add(input.payload().orElseThrow().utf8());
                return answer;
            });
        }
    }

    private final TestingLambda lambda = new TestingLambda();
    private final TestingCloud cloud = new TestingCloud(new ApiGatewayV2Service("http://127.0.0.1:4566"), lambda);

    @AfterEach
    void close() {
        cloud.close();
    }

    private String api(Cors cors, String... routeKeys) {
        String api = cloud.call(
                        ApiGatewayV2.CREATE_API,
                        CreateApiRequest.builder()
                                .name("shop")
                                .protocolType("HTTP")
                                .corsConfiguration(cors)
                                .build())
                .apiId()
                .orElseThrow();
        String integration = cloud.call(
                        ApiGatewayV2.CREATE_INTEGRATION,
                        CreateIntegrationRequest.builder()
                                .apiId(api)
                                .integrationType("AWS_PROXY")
                                .integrationUri(FUNCTION)
                                .payloadFormatVersion("2.0")
                                .build())
                .integrationId()
                .orElseThrow();
        for (String key : routeKeys) {
            cloud.call(
                    ApiGatewayV2.CREATE_ROUTE,
                    CreateRouteRequest.builder()
                            .apiId(api)
                            .routeKey(key)
                            .target("integrations/" + integration)
                            .build());
        }
        return api;
    }

    private void stage(String api, String name, boolean autoDeploy) {
        cloud.call(
                ApiGatewayV2.CREATE_STAGE,
                CreateStageRequest.builder()
                        .apiId(api)
                        .stageName(name)
                        .autoDeploy(autoDeploy)
                        .build());
    }

    private HttpAnswer ask(String api, String method, String path, String query, Bytes body, Header... headers) {
        UserApis apis = cloud.cloud().registry().userApis().getFirst();
        try {
            return apis.handle(
                    cloud.callAs(new Principal.Anonymous("000000000000")),
                    api,
                    new HttpAsk(method, "localhost", path, query, List.of(headers), body, "127.0.0.1"),
                    cloud.environment());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestReachesTheFunctionAsAnEventAndItsAnswerComesBack() {
        String api = api(null, "POST /orders/{id}");
        stage(api, Stage.DEFAULT, true);
        lambda.answer = lambda.answer.toBuilder()
                .payload(Bytes.ofUtf8(
                        "{\"statusCode\":201,\"headers\":{\"x-a\":\"b\"},\"cookies\":[\"c=1\"],\"body\":\"made\"}"))
                .build();
        HttpAnswer answer = ask(
                api,
                "POST",
                "/orders/7",
                "a=1&a=2&b=x%20y",
                Bytes.ofUtf8("hello"),
                new Header("Cookie", "k=v; l=w"),
                new Header("X-Two", "1"),
                new Header("x-two", "2"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().utf8()).isEqualTo("made");
        assertThat(answer.headers()).contains(new Header("x-a", "b"), new Header("set-cookie", "c=1"));
        assertThat(lambda.events.getFirst())
                .contains(
                        "\"routeKey\":\"POST /orders/{id}\"",
                        "\"cookies\":[\"k=v\",\"l=w\"]",
                        "\"x-two\":\"1,2\"",
                        "\"queryStringParameters\":{\"a\":\"1,2\",\"b\":\"x y\"}",
                        "\"pathParameters\":{\"id\":\"7\"}",
                        "\"body\":\"hello\",\"isBase64Encoded\":false");
    }

    @Test
    void anAnswerWithoutAStatusIsTheBody() {
        String api = api(null, "$default");
        stage(api, Stage.DEFAULT, true);
        HttpAnswer answer = ask(api, "GET", "/", "", Bytes.EMPTY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().utf8()).isEqualTo("{\"ok\":true}");
        assertThat(answer.headers()).contains(new Header("content-type", "application/json"));
    }

    @Test
    void aFunctionErrorIsAnInternalServerErrorThatTellsNothing() {
        String api = api(null, "$default");
        stage(api, Stage.DEFAULT, true);
        lambda.answer = lambda.answer.toBuilder()
                .functionError("Unhandled")
                .payload(Bytes.ofUtf8("{\"errorMessage\":\"secret\"}"))
                .build();
        HttpAnswer answer = ask(api, "GET", "/", "", Bytes.EMPTY);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().utf8()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    @Test
    void aStageIsTheFirstSegmentAndServesItsDeploymentUntilTheNext() {
        String api = api(null, "GET /a");
        stage(api, "prod", false);
        assertThat(ask(api, "GET", "/prod/a", "", Bytes.EMPTY).status()).isEqualTo(404);
        cloud.call(
                ApiGatewayV2.CREATE_DEPLOYMENT,
                CreateDeploymentRequest.builder().apiId(api).stageName("prod").build());
        assertThat(ask(api, "GET", "/prod/a", "", Bytes.EMPTY).status()).isEqualTo(200);
        assertThat(ask(api, "GET", "/prod/b", "", Bytes.EMPTY).status()).isEqualTo(404);
        assertThat(ask(api, "GET", "/a", "", Bytes.EMPTY).status()).isEqualTo(404);
    }

    @Test
    void aPreflightIsAnsweredByTheApiItself() {
        String api = api(
                Cors.builder()
                        .allowOrigins(List.of("https://shop.example"))
                        .allowMethods(List.of("GET", "POST"))
                        .maxAge(60)
                        .build(),
                "GET /a");
        stage(api, Stage.DEFAULT, true);
        Header origin = new Header("Origin", "https://shop.example");
        HttpAnswer preflight =
                ask(api, "OPTIONS", "/a", "", Bytes.EMPTY, origin, new Header("Access-Control-Request-Method", "GET"));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers())
                .contains(
                        new Header("access-control-allow-origin", "https://shop.example"),
                        new Header("access-control-allow-methods", "GET,POST"));
        assertThat(lambda.events).isEmpty();
        assertThat(ask(api, "GET", "/a", "", Bytes.EMPTY, new Header("Origin", "https://evil.example"))
                        .headers())
                .noneMatch(header -> header.name().startsWith("access-control"));
    }

    @Test
    void anOpenApiDocumentMakesRoutes() {
        String body = """
                {"openapi":"3.0.1","info":{"title":"shop","version":"1"},"paths":{"/orders":{"post":{
                  "x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","payloadFormatVersion":"2.0",
                  "uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}}}}}
                """.formatted(FUNCTION);
        String api = cloud.call(
                        ApiGatewayV2.IMPORT_API,
                        ImportApiRequest.builder().body(body).build())
                .apiId()
                .orElseThrow();
        stage(api, Stage.DEFAULT, true);
        assertThat(ask(api, "POST", "/orders", "", Bytes.EMPTY).status()).isEqualTo(200);
        assertThat(lambda.events).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$default", "/$default"})
    void theDefaultRouteOfADocumentCatchesEverything(String path) {
        String body = """
                {"openapi":"3.0.1","info":{"title":"shop","version":"1"},"paths":{"%s":{"x-amazon-apigateway-any-method":{
                  "isDefaultRoute":true,
                  "x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","payloadFormatVersion":"2.0",
                  "uri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations"}}}}}
                """.formatted(path, FUNCTION);
        String api = cloud.call(
                        ApiGatewayV2.IMPORT_API,
                        ImportApiRequest.builder().body(body).build())
                .apiId()
                .orElseThrow();
        stage(api, Stage.DEFAULT, true);

        assertThat(ask(api, "DELETE", "/any/thing", "", Bytes.EMPTY).status()).isEqualTo(200);
        assertThat(lambda.events).singleElement().asString().contains("\"routeKey\":\"$default\"");
    }

    @Test
    void theSelectionExpressionsThatAreAwssDefaultsAreTakenAndOthersRefused() {
        CreateApiRequest.Builder api = CreateApiRequest.builder()
                .name("shop")
                .protocolType("HTTP")
                .routeSelectionExpression("$request.method $request.path")
                .apiKeySelectionExpression("$request.header.x-api-key");
        assertThat(cloud.call(ApiGatewayV2.CREATE_API, api.build()).apiId()).isPresent();
        assertThatThrownBy(() -> cloud.call(
                        ApiGatewayV2.CREATE_API,
                        api.apiKeySelectionExpression("$context.authorizer.usageIdentifierKey")
                                .build()))
                .hasMessageContaining("CreateApi.ApiKeySelectionExpression");
    }

    @Test
    void whatIsNotDoneIsRefusedByItsPath() {
        assertThatThrownBy(() -> cloud.call(
                        ApiGatewayV2.CREATE_API,
                        CreateApiRequest.builder()
                                .name("x")
                                .protocolType("WEBSOCKET")
                                .build()))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault)
                                .hasMessageContaining("AWS::ApiGatewayV2::Api/ProtocolType=WEBSOCKET"));
    }
}
