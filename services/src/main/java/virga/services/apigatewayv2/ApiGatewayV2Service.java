package virga.services.apigatewayv2;

import java.util.List;
import virga.cloud.Atomic;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.model.Member;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.Traits;
import virga.model.apigatewayv2.ApiGatewayV2;

/** Amazon API Gateway, HTTP APIs. */
public final class ApiGatewayV2Service implements Service {
    private final String endpoint;

    /** @param endpoint the door's address, under a path of which APIs are reached */
    public ApiGatewayV2Service(String endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public ServiceModel model() {
        return ApiGatewayV2.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "CreateRoute.AuthorizationScopes",
                "UpdateRoute.AuthorizationScopes",
                "ImportApi.Basepath",
                "ImportApi.FailOnWarnings",
                "ReimportApi.Basepath",
                "ReimportApi.FailOnWarnings",
                "CreateApi.ApiKeySelectionExpression=$request.header.x-api-key",
                "CreateApi.CredentialsArn",
                "CreateApi.DisableExecuteApiEndpoint",
                "CreateApi.DisableSchemaValidation",
                "CreateApi.IpAddressType=ipv4",
                "CreateApi.RouteKey",
                "CreateApi.RouteSelectionExpression=$request.method $request.path",
                "CreateApi.Target",
                "UpdateApi.ApiKeySelectionExpression=$request.header.x-api-key",
                "UpdateApi.CredentialsArn",
                "UpdateApi.DisableExecuteApiEndpoint",
                "UpdateApi.DisableSchemaValidation",
                "UpdateApi.IpAddressType=ipv4",
                "UpdateApi.RouteKey",
                "UpdateApi.RouteSelectionExpression=$request.method $request.path",
                "UpdateApi.Target");
    }

    @Override
    public void bind(Binder binder) {
        binder.userApis(new HttpApis());
        bindApis(binder);
        bindRoutes(binder);
        bindStages(binder);
        bindTags(binder);
        binder.provisioner(new ApiProvisioner());
        binder.provisioner(new IntegrationProvisioner());
        binder.provisioner(new RouteProvisioner());
        binder.provisioner(new StageProvisioner());
        binder.provisioner(new DeploymentProvisioner());
    }

    /** API Gateway's actions are the methods of its REST interface, its resources the paths. */
    private static <I extends Structure, O extends Structure> void bind(
            Binder binder, Operation<I, O> operation, Atomic<I, O> handler) {
        binder.atomic(operation, handler)
                .action(action(operation))
                .resources((call, input) ->
                        List.of("arn:aws:apigateway:" + call.region() + "::" + path(operation, input)));
    }

    private static String action(Operation<?, ?> operation) {
        return "apigateway:" + operation.http().method();
    }

    private static String path(Operation<?, ?> operation, Structure input) {
        String path = operation.http().uri().substring("/v2".length());
        for (Member member : operation.input().members()) {
            if (member.traits().location() == Traits.Location.LABEL) {
                path = path.replace("{" + member.wireName() + "}", String.valueOf(input.valueOf(member)));
            }
        }
        return path;
    }

    private void bindApis(Binder binder) {
        ApiOperations apis = new ApiOperations(endpoint);
        bind(binder, ApiGatewayV2.CREATE_API, apis::create);
        bind(binder, ApiGatewayV2.IMPORT_API, apis::imported);
        bind(binder, ApiGatewayV2.REIMPORT_API, apis::reimported);
        bind(binder, ApiGatewayV2.UPDATE_API, apis::update);
        bind(binder, ApiGatewayV2.GET_API, apis::get);
        bind(binder, ApiGatewayV2.GET_APIS, apis::list);
        bind(binder, ApiGatewayV2.DELETE_API, apis::delete);
    }

    private static void bindRoutes(Binder binder) {
        Routes routes = new Routes();
        bind(binder, ApiGatewayV2.CREATE_ROUTE, routes::create);
        bind(binder, ApiGatewayV2.UPDATE_ROUTE, routes::update);
        bind(binder, ApiGatewayV2.GET_ROUTE, routes::get);
        bind(binder, ApiGatewayV2.GET_ROUTES, routes::list);
        bind(binder, ApiGatewayV2.DELETE_ROUTE, routes::delete);
        Integrations integrations = new Integrations();
        bind(binder, ApiGatewayV2.CREATE_INTEGRATION, integrations::create);
        bind(binder, ApiGatewayV2.UPDATE_INTEGRATION, integrations::update);
        bind(binder, ApiGatewayV2.GET_INTEGRATION, integrations::get);
        bind(binder, ApiGatewayV2.GET_INTEGRATIONS, integrations::list);
        bind(binder, ApiGatewayV2.DELETE_INTEGRATION, integrations::delete);
    }

    private static void bindStages(Binder binder) {
        Stages stages = new Stages();
        bind(binder, ApiGatewayV2.CREATE_STAGE, stages::create);
        bind(binder, ApiGatewayV2.UPDATE_STAGE, stages::update);
        bind(binder, ApiGatewayV2.GET_STAGE, stages::get);
        bind(binder, ApiGatewayV2.GET_STAGES, stages::list);
        bind(binder, ApiGatewayV2.DELETE_STAGE, stages::delete);
        Deployments deployments = new Deployments();
        bind(binder, ApiGatewayV2.CREATE_DEPLOYMENT, deployments::create);
        bind(binder, ApiGatewayV2.GET_DEPLOYMENT, deployments::get);
        bind(binder, ApiGatewayV2.GET_DEPLOYMENTS, deployments::list);
        bind(binder, ApiGatewayV2.DELETE_DEPLOYMENT, deployments::delete);
    }

    /** On the ARN that the call names. */
    private static void bindTags(Binder binder) {
        Tags tags = new Tags();
        binder.atomic(ApiGatewayV2.GET_TAGS, tags::get)
                .action(action(ApiGatewayV2.GET_TAGS))
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(ApiGatewayV2.TAG_RESOURCE, tags::tag)
                .action(action(ApiGatewayV2.TAG_RESOURCE))
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(ApiGatewayV2.UNTAG_RESOURCE, tags::untag)
                .action(action(ApiGatewayV2.UNTAG_RESOURCE))
                .resources((call, input) -> List.of(input.resourceArn()));
    }
}
