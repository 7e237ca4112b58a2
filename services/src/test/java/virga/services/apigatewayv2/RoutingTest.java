package virga.services.apigatewayv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoutingTest {
    private static final List<Route> ROUTES = Stream.of(
                    "GET /orders",
                    "ANY /orders",
                    "GET /orders/{id}",
                    "GET /orders/latest",
                    "ANY /orders/{proxy+}",
                    "$default")
            .map(key -> new Route(key, key, "integrations/x", ""))
            .toList();

    private static Routing.Match find(String method, String path) {
        return Routing.find(ROUTES, method, path).orElseThrow();
    }

    @Test
    void theOwnMethodComesBeforeAny() {
        assertThat(find("GET", "/orders").route().key()).isEqualTo("GET /orders");
        assertThat(find("PUT", "/orders").route().key()).isEqualTo("ANY /orders");
    }

    @Test
    void aLiteralSegmentComesBeforeAVariableAndThatBeforeAGreedyOne() {
        assertThat(find("GET", "/orders/latest").route().key()).isEqualTo("GET /orders/latest");
        assertThat(find("GET", "/orders/7").route().key()).isEqualTo("GET /orders/{id}");
        assertThat(find("GET", "/orders/7/lines").route().key()).isEqualTo("ANY /orders/{proxy+}");
    }

    @Test
    void variablesAreDecoded() {
        assertThat(find("GET", "/orders/a%20b").variables()).isEqualTo(Map.of("id", "a b"));
        assertThat(find("DELETE", "/orders/7/lines").variables()).isEqualTo(Map.of("proxy", "7/lines"));
    }

    @Test
    void whatNothingElseMatchesGoesToTheDefaultRoute() {
        assertThat(find("GET", "/elsewhere").route().key()).isEqualTo("$default");
        assertThat(Routing.find(ROUTES.subList(0, 3), "GET", "/elsewhere")).isEmpty();
    }
}
