package virga.services.lambda;

import java.util.List;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.kernel.Call;
import virga.kernel.function.FunctionEngine;
import virga.model.ServiceModel;
import virga.model.lambda.DeleteAliasResponse;
import virga.model.lambda.DeleteFunctionConcurrencyResponse;
import virga.model.lambda.DeleteFunctionEventInvokeConfigResponse;
import virga.model.lambda.DeleteFunctionResponse;
import virga.model.lambda.DeleteLayerVersionResponse;
import virga.model.lambda.Lambda;
import virga.model.lambda.RemovePermissionResponse;
import virga.model.lambda.TagResourceResponse;
import virga.model.lambda.UntagResourceResponse;

/** AWS Lambda. */
public final class LambdaService implements Service {
    private final FunctionEngine engine;
    private final String endpoint;
    private final LambdaLimits limits;

    /** @param endpoint the door's address, for links to packages */
    public LambdaService(FunctionEngine engine, String endpoint, LambdaLimits limits) {
        this.engine = engine;
        this.endpoint = endpoint;
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return Lambda.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "AddPermission.EventSourceToken",
                "AddPermission.InvokedViaFunctionUrl",
                "AddPermission.RevisionId",
                "RemovePermission.RevisionId",
                "UpdateAlias.RevisionId",
                "CreateFunction.Code.SourceKMSKeyArn",
                "CreateFunction.PublishTo",
                "UpdateFunctionCode.ImageUri",
                "UpdateFunctionCode.PublishTo",
                "UpdateFunctionCode.SourceKMSKeyArn",
                "PublishVersion.PublishTo",
                "Invoke.DurableExecutionName",
                "Invoke.TenantId",
                "ListFunctions.MasterRegion");
    }

    @Override
    public void bind(Binder binder) {
        Invoker invoker = new Invoker(engine);
        bindFunctions(binder);
        bindVersions(binder);
        bindSettings(binder);
        bindLayers(binder);
        binder.conversation(Lambda.INVOKE, new Invoke(invoker, limits))
                .action("lambda:InvokeFunction")
                .resources((call, input) -> at(call, input.functionName()));
        binder.task(AsynchronousEvents.KIND, new AsynchronousEvents(invoker));
        binder.task(Destinations.KIND, new Destinations());
        new virga.services.lambda.mapping.Mappings(invoker).bind(binder);
        binder.provisioner(new FunctionProvisioner());
        binder.provisioner(new PermissionProvisioner());
        binder.provisioner(new VersionProvisioner());
        binder.provisioner(new AliasProvisioner());
        binder.provisioner(new LayerProvisioner());
        binder.provisioner(new InvokeConfigProvisioner());
    }

    private void bindFunctions(Binder binder) {
        FunctionChanges changes = new FunctionChanges(engine, limits);
        FunctionQueries queries = new FunctionQueries(endpoint);
        Tagging tagging = new Tagging();
        binder.conversation(Lambda.CREATE_FUNCTION, changes::create)
                .resources((call, input) -> at(call, input.functionName()));
        binder.conversation(Lambda.UPDATE_FUNCTION_CODE, changes::updateCode)
                .resources((call, input) -> at(call, input.functionName()));
        binder.conversation(Lambda.UPDATE_FUNCTION_CONFIGURATION, changes::updateConfiguration)
                .resources((call, input) -> at(call, input.functionName()));
        binder.conversation(Lambda.DELETE_FUNCTION, (call, input, exchange) -> {
                    changes.delete(call, input, exchange);
                    return DeleteFunctionResponse.builder().build();
                })
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_FUNCTION, queries::get).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_FUNCTION_CONFIGURATION, queries::configuration)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_FUNCTION_CODE_SIGNING_CONFIG, queries::codeSigning)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.LIST_FUNCTIONS, queries::list);
        binder.atomic(Lambda.LIST_TAGS, tagging::list).resources((call, input) -> List.of(input.resource()));
        binder.atomic(Lambda.TAG_RESOURCE, (call, input, work) -> {
                    tagging.tag(call, input, work);
                    return TagResourceResponse.builder().build();
                })
                .resources((call, input) -> List.of(input.resource()));
        binder.atomic(Lambda.UNTAG_RESOURCE, (call, input, work) -> {
                    tagging.untag(call, input, work);
                    return UntagResourceResponse.builder().build();
                })
                .resources((call, input) -> List.of(input.resource()));
        binder.atomic(Lambda.PUBLISH_VERSION, changes::publish)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.LIST_VERSIONS_BY_FUNCTION, queries::versions)
                .resources((call, input) -> at(call, input.functionName()));
    }

    private static void bindVersions(Binder binder) {
        Aliases aliases = new Aliases();
        binder.atomic(Lambda.CREATE_ALIAS, aliases::create).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.UPDATE_ALIAS, aliases::update).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_ALIAS, aliases::get).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.LIST_ALIASES, aliases::list).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.DELETE_ALIAS, (call, input, work) -> {
                    aliases.delete(call, input, work);
                    return DeleteAliasResponse.builder().build();
                })
                .resources((call, input) -> at(call, input.functionName()));
    }

    private static void bindSettings(Binder binder) {
        Permissions permissions = new Permissions();
        binder.resourcePolicies(permissions);
        binder.atomic(Lambda.ADD_PERMISSION, permissions::add)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_POLICY, permissions::get).resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.REMOVE_PERMISSION, (call, input, work) -> {
                    permissions.remove(call, input, work);
                    return RemovePermissionResponse.builder().build();
                })
                .resources((call, input) -> at(call, input.functionName()));
        Concurrencies concurrencies = new Concurrencies();
        binder.conversation(Lambda.PUT_FUNCTION_CONCURRENCY, concurrencies::put)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_FUNCTION_CONCURRENCY, concurrencies::get)
                .resources((call, input) -> at(call, input.functionName()));
        binder.conversation(Lambda.GET_ACCOUNT_SETTINGS, concurrencies::account);
        binder.atomic(Lambda.DELETE_FUNCTION_CONCURRENCY, (call, input, work) -> {
                    concurrencies.delete(call, input, work);
                    return DeleteFunctionConcurrencyResponse.builder().build();
                })
                .resources((call, input) -> at(call, input.functionName()));
        InvokeConfigs configs = new InvokeConfigs();
        binder.atomic(Lambda.PUT_FUNCTION_EVENT_INVOKE_CONFIG, configs::put)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.UPDATE_FUNCTION_EVENT_INVOKE_CONFIG, configs::update)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.GET_FUNCTION_EVENT_INVOKE_CONFIG, configs::get)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.LIST_FUNCTION_EVENT_INVOKE_CONFIGS, configs::list)
                .resources((call, input) -> at(call, input.functionName()));
        binder.atomic(Lambda.DELETE_FUNCTION_EVENT_INVOKE_CONFIG, (call, input, work) -> {
                    configs.delete(call, input, work);
                    return DeleteFunctionEventInvokeConfigResponse.builder().build();
                })
                .resources((call, input) -> at(call, input.functionName()));
    }

    private void bindLayers(Binder binder) {
        Layers layers = new Layers(limits);
        binder.conversation(Lambda.PUBLISH_LAYER_VERSION, layers::publish);
        binder.atomic(Lambda.GET_LAYER_VERSION, layers::get);
        binder.atomic(Lambda.GET_LAYER_VERSION_BY_ARN, layers::getByArn)
                .action("lambda:GetLayerVersion")
                .resources((call, input) -> List.of(input.arn()));
        binder.atomic(Lambda.LIST_LAYER_VERSIONS, layers::list);
        binder.atomic(Lambda.LIST_LAYERS, layers::listLayers);
        binder.atomic(Lambda.DELETE_LAYER_VERSION, (call, input, work) -> {
            layers.delete(call, input, work);
            return DeleteLayerVersionResponse.builder().build();
        });
    }

    private static List<String> at(Call call, String name) {
        return List.of(Functions.arnOf(call, name));
    }
}
