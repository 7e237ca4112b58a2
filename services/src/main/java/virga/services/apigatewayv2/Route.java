package virga.services.apigatewayv2;

/**
 * @param key {@code POST /orders}, {@code ANY /{proxy+}} or {@code $default}
 * @param target {@code integrations/<id>}
 */
record Route(String id, String key, String target, String operationName) {
    String integrationId() {
        return target.substring(target.indexOf('/') + 1);
    }
}
