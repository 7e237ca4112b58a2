package virga.services.apigatewayv2;

import java.util.List;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.Unset;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.BadRequestException;
import virga.model.apigatewayv2.ConflictException;
import virga.model.apigatewayv2.CreateRouteRequest;
import virga.model.apigatewayv2.CreateRouteResult;
import virga.model.apigatewayv2.DeleteRouteRequest;
import virga.model.apigatewayv2.DeleteRouteResponse;
import virga.model.apigatewayv2.GetRouteRequest;
import virga.model.apigatewayv2.GetRouteResult;
import virga.model.apigatewayv2.GetRoutesRequest;
import virga.model.apigatewayv2.GetRoutesResponse;
import virga.model.apigatewayv2.UpdateRouteRequest;
import virga.model.apigatewayv2.UpdateRouteResult;

/** Which requests lead where. */
final class Routes {
    private static final List<String> UNSUPPORTED = List.of(
            "AuthorizerId",
            "ModelSelectionExpression",
            "RequestModels",
            "RequestParameters",
            "RouteResponseSelectionExpression");

    private static void refuse(Structure input) {
        for (String name : UNSUPPORTED) {
            Object value = input.get(name).orElse(null);
            if (value != null && !(value instanceof java.util.Map<?, ?> map && map.isEmpty())) {
                throw Fault.unsupported("AWS::ApiGatewayV2::Route/" + name);
            }
        }
        input.get("AuthorizationType").filter(type -> !type.equals("NONE")).ifPresent(type -> {
            throw Fault.unsupported("AWS::ApiGatewayV2::Route/AuthorizationType=" + type);
        });
        input.get("ApiKeyRequired").filter(Boolean.TRUE::equals).ifPresent(required -> {
            throw Fault.unsupported("AWS::ApiGatewayV2::Route/ApiKeyRequired");
        });
    }

    CreateRouteResult create(Call call, CreateRouteRequest input, UnitOfWork work) {
        refuse(input);
        Apis.existing(call, input.apiId(), work);
        Route route = new Route(
                work.ids().alphanumeric(7),
                input.routeKey(),
                input.target().orElse(""),
                input.operationName().orElse(""));
        keep(input.apiId(), route, work);
        return ApiGatewayV2.CREATE_ROUTE.answer(shown(route));
    }

    UpdateRouteResult update(Call call, UpdateRouteRequest input, UnitOfWork work) {
        refuse(input);
        Route before = existing(call, input.apiId(), input.routeId(), work);
        Route route = new Route(
                before.id(),
                input.routeKey().orElse(before.key()),
                input.target().orElse(before.target()),
                input.operationName().orElse(before.operationName()));
        keep(input.apiId(), route, work);
        return ApiGatewayV2.UPDATE_ROUTE.answer(shown(route));
    }

    private static void keep(String api, Route route, UnitOfWork work) {
        if (!route.key().equals("$default") && !route.key().matches("[A-Z]+ /\\S*")) {
            throw new BadRequestException(
                    "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"");
        }
        for (Route other : Apis.routes(work, api)) {
            if (other.key().equals(route.key()) && !other.id().equals(route.id())) {
                throw new ConflictException("Route with key " + route.key() + " already exists for this API");
            }
        }
        work.put(ApiKeys.ROUTE.key(api, route.id()), route, ApiKeys.ROUTE_ROW);
    }

    GetRouteResult get(Call call, GetRouteRequest input, UnitOfWork work) {
        return ApiGatewayV2.GET_ROUTE.answer(shown(existing(call, input.apiId(), input.routeId(), work)));
    }

    GetRoutesResponse list(Call call, GetRoutesRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        Page<Route> page = Pages.of(Apis.routes(work, input.apiId()), input.maxResults(), input.nextToken(), Route::id);
        return GetRoutesResponse.builder()
                .nextToken(page.nextToken())
                .items(page.items().stream().map(Routes::shown).toList())
                .build();
    }

    DeleteRouteResponse delete(Call call, DeleteRouteRequest input, UnitOfWork work) {
        existing(call, input.apiId(), input.routeId(), work);
        work.delete(ApiKeys.ROUTE.key(input.apiId(), input.routeId()));
        return DeleteRouteResponse.builder().build();
    }

    private static Route existing(Call call, String api, String id, UnitOfWork work) {
        Apis.existing(call, api, work);
        return Apis.part(work, ApiKeys.ROUTE, ApiKeys.ROUTE_ROW, api, id, "Route");
    }

    private static virga.model.apigatewayv2.Route shown(Route route) {
        return virga.model.apigatewayv2.Route.builder()
                .routeId(route.id())
                .routeKey(route.key())
                .target(route.target())
                .authorizationType("NONE")
                .apiKeyRequired(false)
                .operationName(Unset.ifEmpty(route.operationName()))
                .build();
    }
}
