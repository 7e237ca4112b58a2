package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ApiGatewayV2Exception;
import software.amazon.awssdk.services.apigatewayv2.model.BadRequestException;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.Cors;
import software.amazon.awssdk.services.apigatewayv2.model.Deployment;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Account.Answer;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: API Gateway Version 2 API Reference; "Work with HTTP APIs", API Gateway Developer Guide. */
@ExtendWith(Accounts.class)
final class WebApisTest {
    @Test
    void aRequestReachesTheFunctionAsAnEventOfVersionTwo(Account account) {
        WebApis apis = WebApis.in(account);
        Functions functions = Functions.in(account);
        WebApis.Api api = apis.api("api");
        String target = apis.function(api, functions, functions.create("web", Map.of("KIND", "web")), "2.0");
        apis.route(api, "POST /places/{place}/rain", target);
        apis.stage(api, "$default", Map.of("unit", "mm"));
        Answer answer = account.eventually(
                () -> apis.ask(
                        api,
                        SdkHttpMethod.POST,
                        "/places/north%20hills/rain?day=1&day=2",
                        Map.of("X-Colour", List.of("Blue"), "Cookie", List.of("a=1; b=2")),
                        "twelve"),
                got -> got.status() == 201);
        assertThat(answer.header("x-kind")).hasValue("web");
        assertThat(answer.header("content-type")).hasValue("application/json");
        assertThat(answer.body())
                .contains(
                        "\"version\":\"2.0\"",
                        "\"routeKey\":\"POST /places/{place}/rain\"",
                        "\"rawPath\":\"/places/north hills/rain\"",
                        "\"rawQueryString\":\"day=1&day=2\"",
                        "\"queryStringParameters\":{\"day\":\"1,2\"}",
                        "\"cookies\":[\"a=1\",\"b=2\"]",
                        "\"x-colour\":\"Blue\"",
                        "\"pathParameters\":{\"place\":\"north hills\"}",
                        "\"stageVariables\":{\"unit\":\"mm\"}",
                        "\"body\":\"twelve\"",
                        "\"isBase64Encoded\":false",
                        "\"apiId\":\"" + api.id() + "\"",
                        "\"stage\":\"$default\"");
    }

    @Test
    void aRequestReachesTheFunctionAsAnEventOfVersionOne(Account account) {
        WebApis apis = WebApis.in(account);
        Functions functions = Functions.in(account);
        WebApis.Api api = apis.api("api");
        String target = apis.function(api, functions, functions.create("web", Map.of("KIND", "web")), "1.0");
        apis.route(api, "GET /places/{place}", target);
        apis.stage(api, "$default", Map.of());
        Answer answer =
                account.eventually(() -> apis.get(api, "/places/coast?day=1&day=2"), got -> got.status() == 201);
        assertThat(answer.body())
                .contains(
                        "\"version\":\"1.0\"",
                        "\"resource\":\"/places/{place}\"",
                        "\"path\":\"/places/coast\"",
                        "\"httpMethod\":\"GET\"",
                        "\"queryStringParameters\":{\"day\":\"2\"}",
                        "\"multiValueQueryStringParameters\":{\"day\":[\"1\",\"2\"]}",
                        "\"pathParameters\":{\"place\":\"coast\"}",
                        "\"stageVariables\":null",
                        "\"body\":null",
                        "\"resourcePath\":\"/places/{place}\"",
                        "\"isBase64Encoded\":false")
                .doesNotContain("routeKey", "rawPath");
    }

    @Test
    void theMostSpecificRouteAnswersAndWhatHasNoneIsNotFound(Account account) {
        WebApis apis = WebApis.in(account);
        Functions functions = Functions.in(account);
        WebApis.Api api = apis.api("api");
        String plain = apis.function(api, functions, functions.create("plain", Map.of("KIND", "plain")), "2.0");
        apis.route(api, "GET /rain", plain);
        apis.route(api, "ANY /rain/{proxy+}", plain);
        apis.stage(api, "$default", Map.of());
        assertThat(account.eventually(() -> apis.get(api, "/rain"), got -> got.status() == 200)
                        .body())
                .contains("\"kind\":\"plain\"", "\"routeKey\":\"GET /rain\"");
        assertThat(apis.ask(api, SdkHttpMethod.DELETE, "/rain/a/b", Map.of(), "")
                        .body())
                .contains("\"routeKey\":\"ANY /rain/{proxy+}\"", "\"pathParameters\":{\"proxy\":\"a/b\"}");
        Answer missing = apis.get(api, "/sun");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(apis.ask(api, SdkHttpMethod.POST, "/rain", Map.of(), "x").status())
                .isEqualTo(404);
        apis.route(api, "$default", plain);
        assertThat(account.eventually(() -> apis.get(api, "/sun"), got -> got.status() == 200)
                        .body())
                .contains("\"routeKey\":\"$default\"");
    }

    @Test
    void aNamedStageIsPartOfThePathAndServesItsDeployment(Account account) {
        WebApis apis = WebApis.in(account);
        Functions functions = Functions.in(account);
        ApiGatewayV2Client gateway = apis.gateway();
        WebApis.Api api = apis.api("api");
        String target = apis.function(api, functions, functions.create("plain", Map.of("KIND", "plain")), "2.0");
        apis.route(api, "GET /rain", target);
        String first = gateway.createDeployment(
                        request -> request.apiId(api.id()).description("first"))
                .deploymentId();
        gateway.createStage(request -> request.apiId(api.id()).stageName("live").deploymentId(first));
        assertThat(account.eventually(() -> apis.get(api, "/live/rain"), got -> got.status() == 200)
                        .body())
                .contains("\"rawPath\":\"/live/rain\"", "\"stage\":\"live\"");
        apis.route(api, "GET /sun", target);
        assertThat(apis.get(api, "/live/sun").status()).isEqualTo(404);
        String second = gateway.createDeployment(
                        request -> request.apiId(api.id()).stageName("live"))
                .deploymentId();
        assertThat(account.eventually(() -> apis.get(api, "/live/sun"), got -> got.status() == 200)
                        .body())
                .contains("\"routeKey\":\"GET /sun\"");
        assertThat(gateway.getStage(request -> request.apiId(api.id()).stageName("live"))
                        .deploymentId())
                .isEqualTo(second);
        assertThat(gateway.getDeployments(request -> request.apiId(api.id())).items())
                .extracting(Deployment::deploymentId)
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aFunctionThatFailsIsAServersError(Account account) {
        WebApis apis = WebApis.in(account);
        Functions functions = Functions.in(account);
        WebApis.Api api = apis.api("api");
        apis.stage(api, "$default", Map.of());
        apis.route(
                api,
                "GET /failing",
                apis.function(api, functions, functions.create("failing", Map.of("KIND", "failure")), "2.0"));
        apis.route(
                api,
                "GET /garbled",
                apis.function(api, functions, functions.create("garbled", Map.of("KIND", "garbled")), "2.0"));
        String plain = functions.create("plain", Map.of());
        apis.route(api, "GET /formless", apis.function(api, functions, plain, "1.0"));
        String unshared = functions
                .lambda()
                .getFunction(request -> request.functionName(functions.create("unshared", Map.of())))
                .configuration()
                .functionArn();
        apis.route(api, "GET /unshared", apis.integration(api, unshared, "2.0"));
        for (String path : List.of("/failing", "/garbled", "/formless", "/unshared")) {
            Answer answer = account.eventually(() -> apis.get(api, path), got -> got.status() != 404);
            assertThat(answer.status()).as(path).isEqualTo(500);
            assertThat(answer.body()).as(path).isEqualTo("{\"message\":\"Internal Server Error\"}");
        }
    }

    @Test
    void theApiItselfAnswersAcrossOrigins(Account account) {
        WebApis apis = WebApis.in(account);
        WebApis.Api api = apis.api(
                "api",
                Cors.builder()
                        .allowOrigins("https://weather.example")
                        .allowMethods("GET", "POST")
                        .allowHeaders("x-colour")
                        .maxAge(600)
                        .build());
        apis.stage(api, "$default", Map.of());
        Answer allowed =
                account.eventually(() -> preflight(apis, api, "https://weather.example"), got -> got.status() == 204);
        assertThat(allowed.header("access-control-allow-origin")).hasValue("https://weather.example");
        assertThat(allowed.header("access-control-allow-methods")).hasValue("GET,POST");
        assertThat(allowed.header("access-control-allow-headers")).hasValue("x-colour");
        assertThat(allowed.header("access-control-max-age")).hasValue("600");
        Answer strange = preflight(apis, api, "https://elsewhere.example");
        assertThat(strange.status()).isEqualTo(204);
        assertThat(strange.header("access-control-allow-origin")).isEmpty();
        assertThat(apis.ask(api, SdkHttpMethod.GET, "/", Map.of("Origin", List.of("https://weather.example")), "")
                        .header("access-control-allow-origin"))
                .hasValue("https://weather.example");
    }

    private static Answer preflight(WebApis apis, WebApis.Api api, String origin) {
        return apis.ask(
                api,
                SdkHttpMethod.OPTIONS,
                "/rain",
                Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of("GET")),
                "");
    }

    @Test
    void everythingIsListedPageByPage(Account account) {
        WebApis apis = WebApis.in(account);
        ApiGatewayV2Client gateway = apis.gateway();
        List<WebApis.Api> made =
                IntStream.range(0, 3).mapToObj(i -> apis.api("page-" + i)).toList();
        String id = made.getFirst().id();
        var page = gateway.getApis(request -> request.maxResults("2"));
        assertThat(page.items()).hasSize(2);
        assertThat(page.nextToken()).isNotBlank();
        for (String name : List.of("a", "b", "c")) {
            apis.stage(made.getFirst(), name, Map.of());
            apis.route(made.getFirst(), "GET /" + name, null);
        }
        var stages = gateway.getStages(request -> request.apiId(id).maxResults("2"));
        assertThat(stages.items()).extracting(Stage::stageName).containsExactly("a", "b");
        var rest =
                gateway.getStages(request -> request.apiId(id).maxResults("2").nextToken(stages.nextToken()));
        assertThat(rest.items()).extracting(Stage::stageName).containsExactly("c");
        assertThat(rest.nextToken()).isNull();
        var routes = gateway.getRoutes(request -> request.apiId(id).maxResults("2"));
        assertThat(routes.items()).hasSize(2);
        assertThat(gateway.getRoutes(request -> request.apiId(id).nextToken(routes.nextToken()))
                        .items())
                .singleElement()
                .isNotIn(routes.items());
        Refused.with(
                BadRequestException.class,
                "BadRequestException",
                400,
                "nextToken",
                () -> gateway.getApis(request -> request.nextToken("no page gave this")));
    }

    @Test
    void anApiIsChangedTaggedAndGone(Account account) {
        WebApis apis = WebApis.in(account);
        ApiGatewayV2Client gateway = apis.gateway();
        WebApis.Api api = apis.api("api");
        gateway.updateApi(request -> request.apiId(api.id()).description("weather"));
        assertThat(gateway.getApi(request -> request.apiId(api.id()))).satisfies(shown -> {
            assertThat(shown.name()).isEqualTo(account.name("api"));
            assertThat(shown.description()).isEqualTo("weather");
            assertThat(shown.protocolTypeAsString()).isEqualTo("HTTP");
        });
        String arn = "arn:aws:apigateway:" + account.region() + "::/apis/" + api.id();
        gateway.tagResource(request -> request.resourceArn(arn).tags(Map.of("team", "weather", "stage", "test")));
        gateway.untagResource(request -> request.resourceArn(arn).tagKeys("stage"));
        assertThat(gateway.getTags(request -> request.resourceArn(arn)).tags()).isEqualTo(Map.of("team", "weather"));
    }

    @Test
    void whatIsThereOrIsNotThereOrIsWrongIsRefused(Account account) {
        WebApis apis = WebApis.in(account);
        ApiGatewayV2Client gateway = apis.gateway();
        WebApis.Api api = apis.api("api");
        apis.route(api, "GET /rain", null);
        apis.stage(api, "live", Map.of());
        Refused.with(
                NotFoundException.class,
                "NotFoundException",
                404,
                "Invalid API identifier specified",
                () -> gateway.getApi(request -> request.apiId("gone")));
        Refused.with(
                NotFoundException.class,
                "NotFoundException",
                404,
                "Invalid Stage identifier specified",
                () -> gateway.getStage(request -> request.apiId(api.id()).stageName("gone")));
        Refused.with(
                ConflictException.class,
                "ConflictException",
                409,
                "Route with key GET /rain already exists for this API",
                () -> apis.route(api, "GET /rain", null));
        Refused.with(
                ConflictException.class,
                "ConflictException",
                409,
                "Stage already exists",
                () -> apis.stage(api, "live", Map.of()));
        Refused.with(
                BadRequestException.class,
                "BadRequestException",
                400,
                "route key is not formatted properly",
                () -> apis.route(api, "rain", null));
        Refused.with(
                BadRequestException.class,
                "BadRequestException",
                400,
                "",
                () -> apis.integration(api, "arn:aws:lambda:eu-central-1:000000000000:function:f", "3.0"));
    }

    @Test
    void aDomainNameIsRefusedByName(Account account) {
        WebApis apis = WebApis.in(account);
        Refused.with(
                ApiGatewayV2Exception.class,
                "NotImplemented",
                501,
                "CreateDomainName",
                () -> apis.gateway().createDomainName(request -> request.domainName("weather.example")));
    }
}
