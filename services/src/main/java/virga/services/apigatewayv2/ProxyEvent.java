package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.http.Header;
import virga.cloud.http.HttpAsk;
import virga.kernel.Bytes;
import virga.kernel.Call;

/** The event of payload format version 2.0. Source: "Create AWS Lambda proxy integrations for HTTP APIs", Developer Guide. */
final class ProxyEvent {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private ProxyEvent() {}

    static ObjectNode of(Call call, Api api, Stage stage, Routing.Match match, HttpAsk ask) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0");
        event.put("routeKey", match.route().key());
        event.put("rawPath", decoded(ask.rawPath()));
        event.put("rawQueryString", ask.rawQuery());
        Map<String, String> headers = headers(ask);
        String cookies = headers.remove("cookie");
        if (cookies != null) {
            ArrayNode list = event.putArray("cookies");
            for (String cookie : cookies.split(";")) {
                list.add(cookie.strip());
            }
        }
        ObjectNode shown = event.putObject("headers");
        headers.forEach(shown::put);
        Map<String, String> query = query(ask.rawQuery());
        if (!query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            query.forEach(parameters::put);
        }
        event.set("requestContext", context(call, api, stage, match, ask));
        if (!match.variables().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.variables().forEach(parameters::put);
        }
        if (!stage.variables().isEmpty()) {
            ObjectNode variables = event.putObject("stageVariables");
            stage.variables().forEach(variables::put);
        }
        boolean binary = !ask.body().isEmpty() && !isText(ask.body());
        if (!ask.body().isEmpty()) {
            event.put("body", binary ? ask.body().base64() : ask.body().utf8());
        }
        event.put("isBase64Encoded", binary);
        return event;
    }

    private static ObjectNode context(Call call, Api api, Stage stage, Routing.Match match, HttpAsk ask) {
        ObjectNode context = JSON.createObjectNode();
        context.put("accountId", api.scope().account());
        context.put("apiId", api.id());
        context.put("domainName", api.host());
        context.put("domainPrefix", api.id());
        ObjectNode http = context.putObject("http");
        http.put("method", ask.method());
        http.put("path", decoded(ask.rawPath()));
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", ask.sourceIp());
        http.put("userAgent", headers(ask).getOrDefault("user-agent", ""));
        context.put("requestId", call.requestId());
        context.put("routeKey", match.route().key());
        context.put("stage", stage.name());
        context.put("time", TIME.format(call.at()));
        context.put("timeEpoch", call.at().toEpochMilli());
        return context;
    }

    /** Names in lower case; several values are joined by commas. */
    static Map<String, String> headers(HttpAsk ask) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : ask.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            headers.merge(name, header.value(), (before, more) -> before + (name.equals("cookie") ? "; " : ",") + more);
        }
        return headers;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                query.merge(name, value, (before, more) -> before + "," + more);
            }
        }
        return query;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }

    static boolean isText(Bytes body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.unsafeArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
