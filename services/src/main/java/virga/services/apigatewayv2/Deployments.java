package virga.services.apigatewayv2;

import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateDeploymentRequest;
import virga.model.apigatewayv2.CreateDeploymentResponse;
import virga.model.apigatewayv2.DeleteDeploymentRequest;
import virga.model.apigatewayv2.DeleteDeploymentResponse;
import virga.model.apigatewayv2.GetDeploymentRequest;
import virga.model.apigatewayv2.GetDeploymentResponse;
import virga.model.apigatewayv2.GetDeploymentsRequest;
import virga.model.apigatewayv2.GetDeploymentsResponse;

/** Snapshots of an API, which stages serve that do not deploy automatically. */
final class Deployments {
    CreateDeploymentResponse create(Call call, CreateDeploymentRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        Deployment deployment =
                Apis.snapshot(work, input.apiId(), input.description().orElse(""));
        input.stageName().ifPresent(stage -> Stages.deploy(call, input.apiId(), stage, deployment, work));
        return ApiGatewayV2.CREATE_DEPLOYMENT.answer(shown(deployment));
    }

    GetDeploymentResponse get(Call call, GetDeploymentRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        return ApiGatewayV2.GET_DEPLOYMENT.answer(shown(existing(input.apiId(), input.deploymentId(), work)));
    }

    GetDeploymentsResponse list(Call call, GetDeploymentsRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        Page<Deployment> page = Pages.of(
                Apis.all(work, ApiKeys.DEPLOYMENT.range(input.apiId()), ApiKeys.DEPLOYMENT_ROW::decode),
                input.maxResults(),
                input.nextToken(),
                Deployment::id);
        return GetDeploymentsResponse.builder()
                .nextToken(page.nextToken())
                .items(page.items().stream().map(Deployments::shown).toList())
                .build();
    }

    DeleteDeploymentResponse delete(Call call, DeleteDeploymentRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        existing(input.apiId(), input.deploymentId(), work);
        work.delete(ApiKeys.DEPLOYMENT.key(input.apiId(), input.deploymentId()));
        return DeleteDeploymentResponse.builder().build();
    }

    static Deployment existing(String api, String id, UnitOfWork work) {
        return Apis.part(work, ApiKeys.DEPLOYMENT, ApiKeys.DEPLOYMENT_ROW, api, id, "Deployment");
    }

    private static virga.model.apigatewayv2.Deployment shown(Deployment deployment) {
        String description = deployment.description();
        return virga.model.apigatewayv2.Deployment.builder()
                .deploymentId(deployment.id())
                .deploymentStatus("DEPLOYED")
                .autoDeployed(false)
                .createdDate(deployment.createdAt())
                .description(Unset.ifEmpty(description))
                .build();
    }
}
