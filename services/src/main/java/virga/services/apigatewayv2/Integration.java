package virga.services.apigatewayv2;

/**
 * A function behind routes ({@code AWS_PROXY}).
 *
 * @param uri a function's ARN, or API Gateway's path to one
 */
record Integration(
        String id,
        String type,
        String uri,
        String method,
        String payloadVersion,
        int timeoutMillis,
        String description) {
    /** The function's ARN out of {@code arn:aws:apigateway:R:lambda:path/2015-03-31/functions/<arn>/invocations}. */
    String functionArn() {
        int from = uri.indexOf("/functions/");
        return from < 0 ? uri : uri.substring(from + "/functions/".length()).replace("/invocations", "");
    }
}
