package virga.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.observe.json.Json;

final class ConsoleApiTest {
    private static final String READINGS = ConsoleApi.ROOT + "/api/";

    @Test
    void theMapHasEveryResourceAndHowItFared() {
        try (Orders orders = new Orders().take(0).take(1)) {
            Json map = read(orders, "map", Map.of("minutes", "15"));
            assertThat(texts(map, "nodes", "name"))
                    .containsExactlyInAnyOrder(
                            "client",
                            "a1b2c3",
                            "take-order",
                            "orders",
                            "shipments",
                            "default",
                            "mail",
                            "ship",
                            "labels");
            Json ship = elements(map, "nodes").stream()
                    .filter(node -> text(node, "name").equals("ship"))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(ship, "calls")).isEqualTo("2");
            assertThat(text(ship, "faults")).isEqualTo("1");
            assertThat(text(ship, "p95Millis")).isEqualTo("88.0");
        }
    }

    @Test
    void theTimeShownEndsTheMap() {
        try (Orders orders = new Orders().take(0)) {
            assertThat(elements(read(orders, "map", Map.of("minutes", "1")), "nodes"))
                    .isEmpty();
            assertThat(elements(read(orders, "map", Map.of("minutes", "0")), "nodes"))
                    .isNotEmpty();
        }
    }

    @Test
    void tracesComeNewestFirst() {
        try (Orders orders = new Orders().take(0).take(1)) {
            Json traces = read(orders, "traces", Map.of());
            assertThat(texts(traces, "traces", "id")).containsExactly(Orders.trace(1), Orders.trace(0));
            assertThat(texts(traces, "traces", "name")).containsOnly("POST /orders");
            assertThat(texts(traces, "traces", "failed")).containsExactly("0", "2");
        }
    }

    @Test
    void tracesAreThoseThatTouchAResource() {
        try (Orders orders = new Orders().take(0)) {
            String table = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
            assertThat(elements(read(orders, "traces", Map.of("resource", table)), "traces"))
                    .hasSize(1);
            assertThat(elements(read(orders, "traces", Map.of("resource", "client")), "traces"))
                    .hasSize(1);
            assertThat(elements(read(orders, "traces", Map.of("resource", table + "-archive")), "traces"))
                    .isEmpty();
        }
    }

    @Test
    void resourcesAreCalledAsTheirTemplatesCallThem() {
        try (Orders orders = new Orders().take(0)) {
            Json map = read(orders, "map", Map.of());
            assertThat(texts(map, "nodes", "label"))
                    .contains("Orders", "shop-api", "ship")
                    .doesNotContain("a1b2c3");
            assertThat(texts(map, "nodes", "stack")).contains("shop", "");
            Json traces =
                    read(orders, "traces", Map.of("resource", "arn:aws:dynamodb:us-east-1:000000000000:table/orders"));
            assertThat(text(traces, "resource")).isEqualTo("Orders");
            assertThat(texts(traces, "traces", "target")).containsExactly("shop-api");
        }
    }

    @Test
    void aDeploymentsTracesComeOnDemand() {
        try (Orders orders = new Orders().take(0).deployed()) {
            assertThat(texts(read(orders, "traces", Map.of()), "traces", "name"))
                    .containsExactly("POST /orders");
            assertThat(texts(read(orders, "traces", Map.of("managing", "true")), "traces", "name"))
                    .containsExactlyInAnyOrder("POST /orders", "PutObject", "CreateStack", "DescribeStacks");
        }
    }

    @Test
    void aCallIsShownInAwssJsonAndItsItemsPlain() {
        try (Orders orders = new Orders().take(0)) {
            Json input = field(read(orders, "record", Map.of("id", "put0")), "input");
            assertThat(text(input, "raw")).contains("\"orderId\": {\n      \"S\": \"17\"\n    }");
            assertThat(text(input, "shown")).contains("\"orderId\": \"17\"", "\"quantity\": 12345678901234567890");
        }
    }

    @Test
    void aTraceIsItsTree() {
        try (Orders orders = new Orders().take(0)) {
            Json root = elements(read(orders, "trace", Map.of("id", Orders.trace(0))), "roots")
                    .getFirst();
            assertThat(text(root, "name")).isEqualTo("POST /orders");
            assertThat(texts(elements(root, "children").getFirst(), "logs", "message"))
                    .hasSize(4)
                    .last()
                    .asString()
                    .contains(Orders.HOSTILE);
        }
    }

    @Test
    void aRecordHasItsEventAndItsAnswer() {
        try (Orders orders = new Orders().take(0)) {
            Json record = read(orders, "record", Map.of("id", "take0"));
            assertThat(text(field(record, "input"), "raw")).isEqualTo("{\"orderId\":\"17\",\"note\":\"<b>bold</b>\"}");
            assertThat(text(field(record, "output"), "shown")).isEqualTo("{\n  \"statusCode\": 201\n}");
        }
    }

    @Test
    void whatIsNotTextIsToldByItsLength() {
        try (Orders orders = new Orders().take(0)) {
            Json input = field(read(orders, "record", Map.of("id", "event0")), "input");
            assertThat(text(input, "bytes")).isEqualTo("2");
            assertThat(((Json.Structure) input).fields()).doesNotContainKeys("raw", "shown");
        }
    }

    @Test
    void thePageAndAllThatItNamesAreServed() {
        try (Orders orders = new Orders()) {
            ConsoleAnswer page = answer(orders, ConsoleApi.ROOT, Map.of());
            assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
            Deque<String> open = new ArrayDeque<>(
                    matches(page.body().utf8(), "(?:src|href)=\"(/[^\"]+)\"").toList());
            Set<String> served = new TreeSet<>();
            while (!open.isEmpty()) {
                String path = open.pop();
                assertThat(path).startsWith(ConsoleApi.ROOT + "/");
                ConsoleAnswer file = answer(orders, path, Map.of());
                assertThat(file.status()).as(path).isEqualTo(200);
                if (served.add(path) && path.endsWith(".js")) {
                    matches(file.body().utf8(), "from '\\./([^']+)'")
                            .forEach(name -> open.add(ConsoleApi.ROOT + "/" + name));
                }
            }
            assertThat(served).hasSizeGreaterThan(15);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_virga/consoles", "/", "/_virga/status"})
    void otherPathsAreLeftToOthers(String path) {
        try (Orders orders = new Orders()) {
            assertThat(orders.api().handle(path, Map.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.js",
                "/../ConsoleApi.class",
                "/ConsoleApi.class",
                "/api/nothing",
                "/api/trace?id=gone",
                "/api/map?environment=gone",
                "/api/record?id=gone"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertThat(status(path)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/trace",
                "/api/map?minutes=-1",
                "/api/map?minutes=99999999999",
                "/api/traces?limit=501",
                "/api/traces?managing=perhaps",
                "/api/record?id=x&attempt=a"
            })
    void whatIsAskedWronglyIsRefused(String path) {
        assertThat(status(path)).isEqualTo(400);
    }

    private static int status(String pathAndQuery) {
        String[] parts = pathAndQuery.split("\\?");
        Map<String, String> query = new java.util.TreeMap<>();
        if (parts.length == 2) {
            for (String parameter : parts[1].split("&")) {
                query.put(parameter.split("=")[0], parameter.split("=")[1]);
            }
        }
        try (Orders orders = new Orders()) {
            return answer(orders, ConsoleApi.ROOT + parts[0], query).status();
        }
    }

    private static Stream<String> matches(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
    }

    private static ConsoleAnswer answer(Orders orders, String path, Map<String, String> query) {
        return orders.api().handle(path, query).orElseThrow();
    }

    private static Json read(Orders orders, String reading, Map<String, String> query) {
        ConsoleAnswer answer = answer(orders, READINGS + reading, query);
        assertThat(answer.status()).as(answer.body().utf8()).isEqualTo(200);
        return Json.parse(answer.body().utf8()).orElseThrow();
    }

    private static Json field(Json structure, String name) {
        return ((Json.Structure) structure).fields().get(name);
    }

    private static List<Json> elements(Json structure, String name) {
        return ((Json.Array) field(structure, name)).elements();
    }

    private static List<String> texts(Json structure, String list, String name) {
        List<String> found = new ArrayList<>();
        elements(structure, list).forEach(element -> found.add(text(element, name)));
        return found;
    }

    private static String text(Json structure, String name) {
        return switch (field(structure, name)) {
            case Json.Text text -> text.value();
            case Json.Number number -> number.literal();
            case Json other -> other.text();
        };
    }
}
