package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAsk;
import virga.kernel.Call;

/**
 * The event of payload format version 1.0. Source: "Create AWS Lambda proxy integrations for HTTP APIs", API Gateway Developer Guide.
 *
 * <p>Unlike in 2.0, header names stay as they were sent, several values are also listed, and what is not there is {@code null}.
 */
final class FirstProxyEvent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> UNKNOWN_IDENTITY = List.of(
            "accessKey",
            "accountId",
            "caller",
            "cognitoAuthenticationProvider",
            "cognitoAuthenticationType",
            "cognitoIdentityId",
            "cognitoIdentityPoolId",
            "principalOrgId",
            "user",
            "userArn");

    private FirstProxyEvent() {}

    static ObjectNode of(Call call, Api api, Stage stage, Routing.Match match, HttpAsk ask) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "1.0");
        event.put("resource", resource(match));
        event.put("path", ProxyEvent.decoded(ask.rawPath()));
        event.put("httpMethod", ask.method());
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : ask.headers()) {
            headers.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value());
        }
        putValues(event, "headers", "multiValueHeaders", headers);
        putValues(event, "queryStringParameters", "multiValueQueryStringParameters", query(ask.rawQuery()));
        event.set("requestContext", context(call, api, stage, match, ask));
        putTexts(event, "pathParameters", match.variables());
        putTexts(event, "stageVariables", stage.variables());
        boolean binary = !ask.body().isEmpty() && !ProxyEvent.isText(ask.body());
        if (ask.body().isEmpty()) {
            event.putNull("body");
        } else {
            event.put("body", binary ? ask.body().base64() : ask.body().utf8());
        }
        event.put("isBase64Encoded", binary);
        return event;
    }

    private static String resource(Routing.Match match) {
        String key = match.route().key();
        return key.substring(key.indexOf(' ') + 1);
    }

    /** The last value of each name, and all of them; both {@code null} where there is none. */
    private static void putValues(ObjectNode event, String one, String many, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            event.putNull(one);
            event.putNull(many);
            return;
        }
        ObjectNode last = event.putObject(one);
        ObjectNode all = event.putObject(many);
        values.forEach((name, list) -> {
            last.put(name, list.getLast());
            ArrayNode array = all.putArray(name);
            list.forEach(array::add);
        });
    }

    private static void putTexts(ObjectNode event, String name, Map<String, String> texts) {
        if (texts.isEmpty()) {
            event.putNull(name);
            return;
        }
        ObjectNode object = event.putObject(name);
        texts.forEach(object::put);
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = ProxyEvent.decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : ProxyEvent.decoded(pair.substring(equals + 1));
                query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    private static ObjectNode context(Call call, Api api, Stage stage, Routing.Match match, HttpAsk ask) {
        ObjectNode context = JSON.createObjectNode();
        context.put("accountId", api.scope().account());
        context.put("apiId", api.id());
        context.put("domainName", api.host());
        context.put("domainPrefix", api.id());
        context.put("extendedRequestId", call.requestId());
        context.put("httpMethod", ask.method());
        ObjectNode identity = context.putObject("identity");
        UNKNOWN_IDENTITY.forEach(identity::putNull);
        identity.put("sourceIp", ask.sourceIp());
        identity.put("userAgent", ProxyEvent.headers(ask).getOrDefault("user-agent", ""));
        context.put("path", ProxyEvent.decoded(ask.rawPath()));
        context.put("protocol", "HTTP/1.1");
        context.put("requestId", call.requestId());
        context.put("requestTime", ProxyEvent.TIME.format(call.at()));
        context.put("requestTimeEpoch", call.at().toEpochMilli());
        context.putNull("resourceId");
        context.put("resourcePath", resource(match));
        context.put("stage", stage.name());
        return context;
    }
}
