package virga.services.apigatewayv2;

import java.time.Instant;
import java.util.List;

/** An API's routes and integrations as they stood. */
record Deployment(
        String id, String description, Instant createdAt, List<Route> routes, List<Integration> integrations) {
    Deployment {
        routes = List.copyOf(routes);
        integrations = List.copyOf(integrations);
    }
}
