package virga.services.apigatewayv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.http.Header;
import virga.kernel.Bytes;

/**
 * What a function answers for a request: an object with a {@code statusCode}, or anything else, which is then the body. Source:
 * "Lambda function response for format 1.0" and "for format 2.0", API Gateway Developer Guide.
 */
record ProxyAnswer(int status, List<Header> headers, Bytes body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Header IS_JSON = new Header("content-type", "application/json");

    /**
     * Empty where the answer cannot be understood, which clients see as 500.
     *
     * @param version of the payload format; in 1.0 an answer without a {@code statusCode} is none
     */
    static Optional<ProxyAnswer> parse(Bytes payload, String version) {
        JsonNode answer;
        try {
            answer = JSON.readTree(payload.utf8());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (answer == null || !answer.isObject() || !answer.has("statusCode")) {
            if (version.equals("1.0")) {
                return Optional.empty();
            }
            String body = answer != null && answer.isTextual() ? answer.asText() : payload.utf8();
            return Optional.of(new ProxyAnswer(200, List.of(IS_JSON), Bytes.ofUtf8(body)));
        }
        int status = answer.get("statusCode").asInt(0);
        if (status < 100 || status > 599) {
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        answer.path("headers")
                .properties()
                .forEach(header -> headers.add(
                        new Header(header.getKey(), header.getValue().asText())));
        answer.path("multiValueHeaders")
                .properties()
                .forEach(header ->
                        header.getValue().forEach(value -> headers.add(new Header(header.getKey(), value.asText()))));
        answer.path("cookies").forEach(cookie -> headers.add(new Header("set-cookie", cookie.asText())));
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("content-type"))) {
            headers.add(new Header("content-type", "text/plain; charset=utf-8"));
        }
        return body(answer).map(body -> new ProxyAnswer(status, headers, body));
    }

    private static Optional<Bytes> body(JsonNode answer) {
        JsonNode body = answer.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return Optional.of(Bytes.EMPTY);
        }
        if (answer.path("isBase64Encoded").asBoolean(false)) {
            try {
                return Optional.of(Bytes.ofBase64(body.asText()));
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }
        return Optional.of(Bytes.ofUtf8(body.isTextual() ? body.asText() : body.toString()));
    }
}
