/**
 * Amazon API Gateway HTTP APIs: what an API is, and how its requests reach functions. Source: API Gateway Version 2 API Reference and
 * "Work with HTTP APIs", API Gateway Developer Guide.
 *
 * <p>A stage that deploys automatically serves the API as it stands; any other serves the snapshot of its deployment.
 */
package virga.services.apigatewayv2;
