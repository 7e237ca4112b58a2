package virga.services.apigatewayv2;

import java.util.List;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.Unset;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.ConflictException;
import virga.model.apigatewayv2.CreateStageRequest;
import virga.model.apigatewayv2.CreateStageResponse;
import virga.model.apigatewayv2.DeleteStageRequest;
import virga.model.apigatewayv2.DeleteStageResponse;
import virga.model.apigatewayv2.GetStageRequest;
import virga.model.apigatewayv2.GetStageResponse;
import virga.model.apigatewayv2.GetStagesRequest;
import virga.model.apigatewayv2.GetStagesResponse;
import virga.model.apigatewayv2.UpdateStageRequest;
import virga.model.apigatewayv2.UpdateStageResponse;

/** Stages: the names under which an API is reached, and what each serves. */
final class Stages {
    private static final List<String> UNSUPPORTED =
            List.of("AccessLogSettings", "ClientCertificateId", "DefaultRouteSettings", "RouteSettings");

    private static void refuse(Structure input) {
        for (String name : UNSUPPORTED) {
            Object value = input.get(name).orElse(null);
            boolean says = value instanceof Structure structure
                    ? structure.schema().members().stream().anyMatch(structure::has)
                    : value != null && !(value instanceof java.util.Map<?, ?> map && map.isEmpty());
            if (says) {
                throw Fault.unsupported("AWS::ApiGatewayV2::Stage/" + name);
            }
        }
    }

    CreateStageResponse create(Call call, CreateStageRequest input, UnitOfWork work) {
        refuse(input);
        Apis.existing(call, input.apiId(), work);
        if (work.get(ApiKeys.STAGE.key(input.apiId(), input.stageName())).isPresent()) {
            throw new ConflictException("Stage already exists");
        }
        Stage stage = new Stage(
                input.stageName(),
                input.autoDeploy().orElse(false),
                input.deploymentId().orElse(""),
                input.description().orElse(""),
                input.stageVariables(),
                input.tags(),
                work.now(),
                work.now());
        requireDeployment(input.apiId(), stage, work);
        keep(input.apiId(), stage, work);
        return ApiGatewayV2.CREATE_STAGE.answer(shown(stage));
    }

    UpdateStageResponse update(Call call, UpdateStageRequest input, UnitOfWork work) {
        refuse(input);
        Stage before = existing(call, input.apiId(), input.stageName(), work);
        Stage stage = new Stage(
                before.name(),
                input.autoDeploy().orElse(before.autoDeploy()),
                input.deploymentId().orElse(before.deploymentId()),
                input.description().orElse(before.description()),
                input.hasStageVariables() ? input.stageVariables() : before.variables(),
                before.tags(),
                before.createdAt(),
                work.now());
        requireDeployment(input.apiId(), stage, work);
        keep(input.apiId(), stage, work);
        return ApiGatewayV2.UPDATE_STAGE.answer(shown(stage));
    }

    private static void requireDeployment(String api, Stage stage, UnitOfWork work) {
        if (!stage.deploymentId().isEmpty()) {
            Deployments.existing(api, stage.deploymentId(), work);
        }
    }

    GetStageResponse get(Call call, GetStageRequest input, UnitOfWork work) {
        return ApiGatewayV2.GET_STAGE.answer(shown(existing(call, input.apiId(), input.stageName(), work)));
    }

    GetStagesResponse list(Call call, GetStagesRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        Page<Stage> page = Pages.of(
                Apis.all(work, ApiKeys.STAGE.range(input.apiId()), ApiKeys.STAGE_ROW::decode),
                input.maxResults(),
                input.nextToken(),
                Stage::name);
        return GetStagesResponse.builder()
                .nextToken(page.nextToken())
                .items(page.items().stream().map(Stages::shown).toList())
                .build();
    }

    DeleteStageResponse delete(Call call, DeleteStageRequest input, UnitOfWork work) {
        existing(call, input.apiId(), input.stageName(), work);
        work.delete(ApiKeys.STAGE.key(input.apiId(), input.stageName()));
        return DeleteStageResponse.builder().build();
    }

    /** Has a stage serve a deployment. */
    static void deploy(Call call, String api, String name, Deployment deployment, UnitOfWork work) {
        Stage stage = existing(call, api, name, work);
        keep(
                api,
                new Stage(
                        stage.name(),
                        stage.autoDeploy(),
                        deployment.id(),
                        stage.description(),
                        stage.variables(),
                        stage.tags(),
                        stage.createdAt(),
                        work.now()),
                work);
    }

    static Stage existing(Call call, String api, String name, UnitOfWork work) {
        Apis.existing(call, api, work);
        return Apis.part(work, ApiKeys.STAGE, ApiKeys.STAGE_ROW, api, name, "Stage");
    }

    static void keep(String api, Stage stage, UnitOfWork work) {
        work.put(ApiKeys.STAGE.key(api, stage.name()), stage, ApiKeys.STAGE_ROW);
    }

    private static virga.model.apigatewayv2.Stage shown(Stage stage) {
        return virga.model.apigatewayv2.Stage.builder()
                .stageName(stage.name())
                .autoDeploy(stage.autoDeploy())
                .deploymentId(Unset.ifEmpty(stage.deploymentId()))
                .description(Unset.ifEmpty(stage.description()))
                .stageVariables(stage.variables())
                .tags(stage.tags())
                .createdDate(stage.createdAt())
                .lastUpdatedDate(stage.updatedAt())
                .build();
    }
}
