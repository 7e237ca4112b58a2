package virga.services.apigatewayv2;

import static virga.store.Part.text;

import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of HTTP APIs. An API's id is unique in its environment, so it alone leads to what belongs to it. */
final class ApiKeys {
    static final KeySpace API = KeySpace.of("apigateway/api", text("api"));
    static final KeySpace ROUTE = KeySpace.of("apigateway/route", text("api"), text("route"));
    static final KeySpace INTEGRATION = KeySpace.of("apigateway/integration", text("api"), text("integration"));
    static final KeySpace STAGE = KeySpace.of("apigateway/stage", text("api"), text("stage"));
    static final KeySpace DEPLOYMENT = KeySpace.of("apigateway/deployment", text("api"), text("deployment"));

    static final Codec<Api> API_ROW = RecordCodec.of(Api.class);
    static final Codec<Route> ROUTE_ROW = RecordCodec.of(Route.class);
    static final Codec<Integration> INTEGRATION_ROW = RecordCodec.of(Integration.class);
    static final Codec<Stage> STAGE_ROW = RecordCodec.of(Stage.class);
    static final Codec<Deployment> DEPLOYMENT_ROW = RecordCodec.of(Deployment.class);

    private ApiKeys() {}
}
