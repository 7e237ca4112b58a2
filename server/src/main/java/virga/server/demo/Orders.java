package virga.server.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Clock;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PutItemInput;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.server.cli.Terminal;
import virga.server.deploy.Calls;

/** The orders that the demo sends: over HTTP as customers do, or straight to table and queue where the function behind the API is skipped. */
final class Orders {
    static final int COUNT = 5;
    private static final List<String> PRODUCTS = List.of("umbrella", "raincoat", "boots", "kite", "barometer");

    private final Terminal terminal;
    private final Clock wall;

    Orders(Terminal terminal, Clock wall) {
        this.terminal = terminal;
        this.wall = wall;
    }

    /** @param url of the API, without a slash at its end. @return what went wrong, in words */
    List<String> post(String url) throws InterruptedException {
        List<String> broken = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < COUNT; i++) {
                String body = "{\"product\":\"" + PRODUCTS.get(i) + "\",\"quantity\":" + (i + 1) + "}";
                long started = wall.nanos();
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(url + "/orders"))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                Duration took = Duration.ofNanos(wall.nanos() - started);
                boolean good = response.statusCode() == 202;
                terminal.line("  " + (good ? terminal.green("✓ ") : terminal.red("✗ "))
                        + "%d %-10s %d  %8s  "
                                .formatted(i + 1, PRODUCTS.get(i), response.statusCode(), Figures.of(took))
                        + terminal.faint(response.body()));
                if (!good) {
                    broken.add("an order was answered with " + response.statusCode() + ": " + response.body());
                }
            }
        } catch (IOException e) {
            broken.add("the API did not answer: " + e.getMessage());
        }
        return broken;
    }

    /** Does what the skipped function would: keeps each order, and queues it for the charge. */
    void store(Calls calls, String table, String queueUrl) {
        for (int i = 0; i < COUNT; i++) {
            String orderId = "demo-" + wall.now().toEpochMilli() + "-" + i;
            String quantity = Integer.toString(i + 1);
            calls.call(
                    DynamoDb.PUT_ITEM,
                    PutItemInput.builder()
                            .tableName(table)
                            .item(new TreeMap<>(Map.of(
                                    "orderId", text(orderId),
                                    "product", text(PRODUCTS.get(i)),
                                    "quantity", AttributeValue.ofN(quantity),
                                    "status", text("TAKEN"))))
                            .build());
            calls.call(
                    Sqs.SEND_MESSAGE,
                    SendMessageRequest.builder()
                            .queueUrl(queueUrl)
                            .messageBody("{\"orderId\":\"" + orderId + "\",\"product\":\"" + PRODUCTS.get(i)
                                    + "\",\"quantity\":" + quantity + "}")
                            .build());
            terminal.line("  " + terminal.green("✓ ") + "order " + orderId + " put and queued");
        }
    }

    private static AttributeValue text(String value) {
        return AttributeValue.ofS(value);
    }
}
