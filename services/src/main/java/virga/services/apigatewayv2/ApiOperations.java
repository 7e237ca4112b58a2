package virga.services.apigatewayv2;

import java.util.List;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.Cors;
import virga.model.apigatewayv2.CreateApiRequest;
import virga.model.apigatewayv2.CreateApiResponse;
import virga.model.apigatewayv2.DeleteApiRequest;
import virga.model.apigatewayv2.DeleteApiResponse;
import virga.model.apigatewayv2.GetApiRequest;
import virga.model.apigatewayv2.GetApiResponse;
import virga.model.apigatewayv2.GetApisRequest;
import virga.model.apigatewayv2.GetApisResponse;
import virga.model.apigatewayv2.ImportApiRequest;
import virga.model.apigatewayv2.ImportApiResponse;
import virga.model.apigatewayv2.ReimportApiRequest;
import virga.model.apigatewayv2.ReimportApiResponse;
import virga.model.apigatewayv2.UpdateApiRequest;
import virga.model.apigatewayv2.UpdateApiResponse;

/** Creates, imports, changes, shows and deletes APIs. */
final class ApiOperations {
    private final String endpoint;

    /** @param endpoint the door's address; APIs are reached under a path of it */
    ApiOperations(String endpoint) {
        this.endpoint = endpoint;
    }

    CreateApiResponse create(Call call, CreateApiRequest input, UnitOfWork work) {
        if (!input.protocolType().equals("HTTP")) {
            throw Fault.unsupported("AWS::ApiGatewayV2::Api/ProtocolType=" + input.protocolType());
        }
        Api api = new Api(
                work.ids().alphanumeric(10),
                call.scope(),
                input.name(),
                input.description().orElse(""),
                input.version().orElse(""),
                input.corsConfiguration().map(ApiOperations::cors).orElse(Api.Cors.NONE),
                input.tags(),
                work.now());
        keep(work, api);
        return ApiGatewayV2.CREATE_API.answer(shown(api));
    }

    private virga.model.apigatewayv2.Api shown(Api api) {
        return virga.model.apigatewayv2.Api.builder()
                .apiId(api.id())
                .apiEndpoint(endpoint + "/_virga/api/" + api.id())
                .name(api.name())
                .description(Unset.ifEmpty(api.description()))
                .version(Unset.ifEmpty(api.version()))
                .protocolType("HTTP")
                .routeSelectionExpression("$request.method $request.path")
                .apiKeySelectionExpression("$request.header.x-api-key")
                .disableExecuteApiEndpoint(false)
                .corsConfiguration(shown(api.cors()))
                .createdDate(api.createdAt())
                .tags(api.tags())
                .build();
    }

    private static Api.Cors cors(Cors asked) {
        return new Api.Cors(
                asked.allowCredentials().orElse(false),
                asked.allowHeaders(),
                asked.allowMethods(),
                asked.allowOrigins(),
                asked.exposeHeaders(),
                asked.maxAge().orElse(-1));
    }

    private static Cors shown(Api.Cors cors) {
        if (!cors.configured()) {
            return null;
        }
        return Cors.builder()
                .allowCredentials(cors.credentials() ? true : null)
                .allowHeaders(Unset.ifEmpty(cors.headers()))
                .allowMethods(Unset.ifEmpty(cors.methods()))
                .allowOrigins(cors.origins())
                .exposeHeaders(Unset.ifEmpty(cors.exposed()))
                .maxAge(cors.maxAgeSeconds() < 0 ? null : cors.maxAgeSeconds())
                .build();
    }

    ImportApiResponse imported(Call call, ImportApiRequest input, UnitOfWork work) {
        OpenApi document = OpenApi.parse(input.body());
        Api api = new Api(
                work.ids().alphanumeric(10),
                call.scope(),
                document.title(),
                document.description(),
                document.version(),
                document.cors(),
                document.tags(),
                work.now());
        keep(work, api);
        document.write(api.id(), work);
        return ApiGatewayV2.IMPORT_API.answer(shown(api));
    }

    ReimportApiResponse reimported(Call call, ReimportApiRequest input, UnitOfWork work) {
        Api before = Apis.existing(call, input.apiId(), work);
        OpenApi document = OpenApi.parse(input.body());
        Api api = new Api(
                before.id(),
                before.scope(),
                document.title(),
                document.description(),
                document.version(),
                document.cors(),
                before.tags(),
                before.createdAt());
        keep(work, api);
        work.delete(ApiKeys.ROUTE.range(api.id()));
        work.delete(ApiKeys.INTEGRATION.range(api.id()));
        document.write(api.id(), work);
        return ApiGatewayV2.REIMPORT_API.answer(shown(api));
    }

    UpdateApiResponse update(Call call, UpdateApiRequest input, UnitOfWork work) {
        Api before = Apis.existing(call, input.apiId(), work);
        Api api = new Api(
                before.id(),
                before.scope(),
                input.name().orElse(before.name()),
                input.description().orElse(before.description()),
                input.version().orElse(before.version()),
                input.corsConfiguration().map(ApiOperations::cors).orElse(before.cors()),
                before.tags(),
                before.createdAt());
        keep(work, api);
        return ApiGatewayV2.UPDATE_API.answer(shown(api));
    }

    GetApiResponse get(Call call, GetApiRequest input, UnitOfWork work) {
        return ApiGatewayV2.GET_API.answer(shown(Apis.existing(call, input.apiId(), work)));
    }

    GetApisResponse list(Call call, GetApisRequest input, UnitOfWork work) {
        List<Api> found = Apis.all(work, ApiKeys.API.range(), ApiKeys.API_ROW::decode).stream()
                .filter(api -> api.scope().account().equals(call.account())
                        && api.scope().region().equals(call.region()))
                .toList();
        Page<Api> page = Pages.of(found, input.maxResults(), input.nextToken(), Api::id);
        return GetApisResponse.builder()
                .nextToken(page.nextToken())
                .items(page.items().stream().map(this::shown).toList())
                .build();
    }

    DeleteApiResponse delete(Call call, DeleteApiRequest input, UnitOfWork work) {
        String id = Apis.existing(call, input.apiId(), work).id();
        work.delete(ApiKeys.API.key(id));
        work.delete(ApiKeys.ROUTE.range(id));
        work.delete(ApiKeys.INTEGRATION.range(id));
        work.delete(ApiKeys.STAGE.range(id));
        work.delete(ApiKeys.DEPLOYMENT.range(id));
        return DeleteApiResponse.builder().build();
    }

    static void keep(UnitOfWork work, Api api) {
        work.put(ApiKeys.API.key(api.id()), api, ApiKeys.API_ROW);
    }
}
