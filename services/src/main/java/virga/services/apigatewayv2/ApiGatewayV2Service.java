package virga.services.apigatewayv2;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.kernel.Call;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.DeleteApiResponse;
import virga.model.apigatewayv2.DeleteDeploymentResponse;
import virga.model.apigatewayv2.DeleteIntegrationResponse;
import virga.model.apigatewayv2.DeleteRouteResponse;
import virga.model.apigatewayv2.DeleteStageResponse;
import virga.model.apigatewayv2.TagResourceResponse;
import virga.model.apigatewayv2.UntagResourceResponse;

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
                "CreateApi.RouteSelectionExpression=$request.method $request.path",
                "UpdateApi.RouteSelectionExpression=$request.method $request.path");
    }

    @Override
    public void bind(Binder binder) {
        binder.userApis(new HttpApis());
        bindApis(binder);
        bindRoutes(binder);
        bindStages(binder);
        binder.provisioner(new ApiProvisioner());
        binder.provisioner(new IntegrationProvisioner());
        binder.provisioner(new RouteProvisioner());
        binder.provisioner(new StageProvisioner());
        binder.provisioner(new DeploymentProvisioner());
    }

    /** API Gateway's actions are the methods of its REST interface, its resources the paths. */
    private static <I extends Structure> BiFunction<Call, I, List<String>> path(Function<I, String> path) {
        return (call, input) -> List.of("arn:aws:apigateway:" + call.region() + "::" + path.apply(input));
    }

    private static String action(Operation<?, ?> operation) {
        return "apigateway:" + operation.http().method();
    }

    private void bindApis(Binder binder) {
        ApiOperations apis = new ApiOperations(endpoint);
        binder.atomic(ApiGatewayV2.CREATE_API, apis::create)
                .action(action(ApiGatewayV2.CREATE_API))
                .resources(path(input -> "/apis"));
        binder.atomic(ApiGatewayV2.IMPORT_API, apis::imported)
                .action(action(ApiGatewayV2.IMPORT_API))
                .resources(path(input -> "/apis"));
        binder.atomic(ApiGatewayV2.REIMPORT_API, apis::reimported)
                .action(action(ApiGatewayV2.REIMPORT_API))
                .resources(path(input -> "/apis/" + input.apiId()));
        binder.atomic(ApiGatewayV2.UPDATE_API, apis::update)
                .action(action(ApiGatewayV2.UPDATE_API))
                .resources(path(input -> "/apis/" + input.apiId()));
        binder.atomic(ApiGatewayV2.GET_API, apis::get)
                .action(action(ApiGatewayV2.GET_API))
                .resources(path(input -> "/apis/" + input.apiId()));
        binder.atomic(ApiGatewayV2.GET_APIS, apis::list)
                .action(action(ApiGatewayV2.GET_APIS))
                .resources(path(input -> "/apis"));
        binder.atomic(ApiGatewayV2.DELETE_API, (call, input, work) -> {
                    apis.delete(call, input, work);
                    return DeleteApiResponse.builder().build();
                })
                .action(action(ApiGatewayV2.DELETE_API))
                .resources(path(input -> "/apis/" + input.apiId()));
        binder.atomic(ApiGatewayV2.GET_TAGS, apis::tags)
                .action(action(ApiGatewayV2.GET_TAGS))
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(ApiGatewayV2.TAG_RESOURCE, (call, input, work) -> {
                    apis.tag(call, input, work);
                    return TagResourceResponse.builder().build();
                })
                .action(action(ApiGatewayV2.TAG_RESOURCE))
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(ApiGatewayV2.UNTAG_RESOURCE, (call, input, work) -> {
                    apis.untag(call, input, work);
                    return UntagResourceResponse.builder().build();
                })
                .action(action(ApiGatewayV2.UNTAG_RESOURCE))
                .resources((call, input) -> List.of(input.resourceArn()));
    }

    private static void bindRoutes(Binder binder) {
        Routes routes = new Routes();
        binder.atomic(ApiGatewayV2.CREATE_ROUTE, routes::create)
                .action(action(ApiGatewayV2.CREATE_ROUTE))
                .resources(path(input -> "/apis/" + input.apiId() + "/routes"));
        binder.atomic(ApiGatewayV2.UPDATE_ROUTE, routes::update)
                .action(action(ApiGatewayV2.UPDATE_ROUTE))
                .resources(path(input -> "/apis/" + input.apiId() + "/routes/" + input.routeId()));
        binder.atomic(ApiGatewayV2.GET_ROUTE, routes::get)
                .action(action(ApiGatewayV2.GET_ROUTE))
                .resources(path(input -> "/apis/" + input.apiId() + "/routes/" + input.routeId()));
        binder.atomic(ApiGatewayV2.GET_ROUTES, routes::list)
                .action(action(ApiGatewayV2.GET_ROUTES))
                .resources(path(input -> "/apis/" + input.apiId() + "/routes"));
        binder.atomic(ApiGatewayV2.DELETE_ROUTE, (call, input, work) -> {
                    routes.delete(call, input, work);
                    return DeleteRouteResponse.builder().build();
                })
                .action(action(ApiGatewayV2.DELETE_ROUTE))
                .resources(path(input -> "/apis/" + input.apiId() + "/routes/" + input.routeId()));
        Integrations integrations = new Integrations();
        binder.atomic(ApiGatewayV2.CREATE_INTEGRATION, integrations::create)
                .action(action(ApiGatewayV2.CREATE_INTEGRATION))
                .resources(path(input -> "/apis/" + input.apiId() + "/integrations"));
        binder.atomic(ApiGatewayV2.UPDATE_INTEGRATION, integrations::update)
                .action(action(ApiGatewayV2.UPDATE_INTEGRATION))
                .resources(path(input -> "/apis/" + input.apiId() + "/integrations/" + input.integrationId()));
        binder.atomic(ApiGatewayV2.GET_INTEGRATION, integrations::get)
                .action(action(ApiGatewayV2.GET_INTEGRATION))
                .resources(path(input -> "/apis/" + input.apiId() + "/integrations/" + input.integrationId()));
        binder.atomic(ApiGatewayV2.GET_INTEGRATIONS, integrations::list)
                .action(action(ApiGatewayV2.GET_INTEGRATIONS))
                .resources(path(input -> "/apis/" + input.apiId() + "/integrations"));
        binder.atomic(ApiGatewayV2.DELETE_INTEGRATION, (call, input, work) -> {
                    integrations.delete(call, input, work);
                    return DeleteIntegrationResponse.builder().build();
                })
                .action(action(ApiGatewayV2.DELETE_INTEGRATION))
                .resources(path(input -> "/apis/" + input.apiId() + "/integrations/" + input.integrationId()));
    }

    private static void bindStages(Binder binder) {
        Stages stages = new Stages();
        binder.atomic(ApiGatewayV2.CREATE_STAGE, stages::create)
                .action(action(ApiGatewayV2.CREATE_STAGE))
                .resources(path(input -> "/apis/" + input.apiId() + "/stages"));
        binder.atomic(ApiGatewayV2.UPDATE_STAGE, stages::update)
                .action(action(ApiGatewayV2.UPDATE_STAGE))
                .resources(path(input -> "/apis/" + input.apiId() + "/stages/" + input.stageName()));
        binder.atomic(ApiGatewayV2.GET_STAGE, stages::get)
                .action(action(ApiGatewayV2.GET_STAGE))
                .resources(path(input -> "/apis/" + input.apiId() + "/stages/" + input.stageName()));
        binder.atomic(ApiGatewayV2.GET_STAGES, stages::list)
                .action(action(ApiGatewayV2.GET_STAGES))
                .resources(path(input -> "/apis/" + input.apiId() + "/stages"));
        binder.atomic(ApiGatewayV2.DELETE_STAGE, (call, input, work) -> {
                    stages.delete(call, input, work);
                    return DeleteStageResponse.builder().build();
                })
                .action(action(ApiGatewayV2.DELETE_STAGE))
                .resources(path(input -> "/apis/" + input.apiId() + "/stages/" + input.stageName()));
        binder.atomic(ApiGatewayV2.CREATE_DEPLOYMENT, stages::deploy)
                .action(action(ApiGatewayV2.CREATE_DEPLOYMENT))
                .resources(path(input -> "/apis/" + input.apiId() + "/deployments"));
        binder.atomic(ApiGatewayV2.GET_DEPLOYMENT, stages::deployment)
                .action(action(ApiGatewayV2.GET_DEPLOYMENT))
                .resources(path(input -> "/apis/" + input.apiId() + "/deployments/" + input.deploymentId()));
        binder.atomic(ApiGatewayV2.GET_DEPLOYMENTS, stages::deployments)
                .action(action(ApiGatewayV2.GET_DEPLOYMENTS))
                .resources(path(input -> "/apis/" + input.apiId() + "/deployments"));
        binder.atomic(ApiGatewayV2.DELETE_DEPLOYMENT, (call, input, work) -> {
                    stages.deleteDeployment(call, input, work);
                    return DeleteDeploymentResponse.builder().build();
                })
                .action(action(ApiGatewayV2.DELETE_DEPLOYMENT))
                .resources(path(input -> "/apis/" + input.apiId() + "/deployments/" + input.deploymentId()));
    }
}
