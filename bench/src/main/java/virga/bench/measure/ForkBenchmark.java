package virga.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Unit;
import virga.bench.contender.Contender;
import virga.bench.contender.Server;

/** Copies an environment that holds data. */
public final class ForkBenchmark implements Benchmark {
    private static final int FORKS_FOR_EACH_START = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "fork";
    }

    @Override
    public String describe() {
        return "fork of an environment with data";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        int items = bench.scale().calls() * 10;
        section.note("POST fork of an environment with a table of " + items
                + " items of 400 bytes, over HTTP, until the fork answers"
                + " calls; the first of each cloud warms up. The fork is deleted before the next one.");
        for (Contender contender :
                List.of(bench.contenders().virgaInMemory(), bench.contenders().virgaOnDisk())) {
            bench.progress().accept("fork: " + contender.name());
            try (Server server = bench.contenders().start(contender);
                    DynamoDbClient client = Clients.dynamoDb(server.endpoint());
                    HttpClient http = HttpClient.newHttpClient()) {
                StartBenchmark.firstAnswer(server);
                DynamoDbBenchmark.createTable(client);
                for (int i = 0; i < items; i++) {
                    DynamoDbBenchmark.put(client, 0, i);
                }
                bench.progress().accept("fork: " + items + " items are there");
                URI environments = server.endpoint().resolve("/_virga/environments/");
                fork(bench, http, environments, "warm");
                List<Long> taken = new ArrayList<>();
                for (int i = 0; i < bench.scale().starts() * FORKS_FOR_EACH_START; i++) {
                    taken.add(fork(bench, http, environments, "copy-" + i));
                }
                section.series("fork of " + items + " items", Unit.NANOSECONDS, contender.name())
                        .add(Round.of(taken));
            }
        }
    }

    private static long fork(Bench bench, HttpClient http, URI environments, String name)
            throws IOException, InterruptedException {
        HttpRequest fork = HttpRequest.newBuilder(environments.resolve("default/fork"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"" + name + "\"}"))
                .build();
        long taken = bench.nanos(() -> send(http, fork));
        send(
                http,
                HttpRequest.newBuilder(environments.resolve(name))
                        .timeout(PATIENCE)
                        .DELETE()
                        .build());
        return taken;
    }

    private static void send(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }
}
