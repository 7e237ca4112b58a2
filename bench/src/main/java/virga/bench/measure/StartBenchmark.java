package virga.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Turns;
import virga.bench.Unit;
import virga.bench.contender.Contender;
import virga.bench.contender.Contender.Api;
import virga.bench.contender.Server;

/** From nothing to the first answered call, and the memory that then stays taken. */
public final class StartBenchmark implements Benchmark {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String describe() {
        return "start to the first answered call, and memory at rest";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "Start: from starting the process (Virga's launcher script included) until a list call (ListQueues, or ListTables"
                        + " of DynamoDB Local) is answered by a client that is warm. The port is looked at every 2 ms.");
        section.note("Memory: what is resident " + bench.scale().settleMillis()
                + " ms after the first answer, as ps tells; the JVMs have their default heap limits.");
        List<Contender> all = new ArrayList<>(
                List.of(bench.contenders().virgaInMemory(), bench.contenders().virgaOnDisk()));
        all.addAll(bench.contenders().peers(section));
        List<Contender> gone = new ArrayList<>();
        for (int round = 0; round <= bench.scale().starts(); round++) {
            for (Contender contender : Turns.of(round, all)) {
                bench.progress().accept("start " + round + "/" + bench.scale().starts() + " of " + contender.name());
                try {
                    start(bench, section, contender, round > 0);
                } catch (IOException e) {
                    contender.leaveOut(section, e);
                    gone.add(contender);
                }
            }
            all.removeAll(gone);
        }
    }

    private static void start(Bench bench, Section section, Contender contender, boolean counts)
            throws IOException, InterruptedException {
        long before = bench.clock().nanos();
        try (Server server = bench.contenders().start(contender)) {
            firstAnswer(server);
            long taken = bench.clock().nanos() - before;
            bench.clock().sleep(java.time.Duration.ofMillis(bench.scale().settleMillis()));
            if (counts) {
                section.series("start to first answer", Unit.NANOSECONDS, contender.name())
                        .add(Round.of(List.of(taken)));
                section.series("memory at rest", Unit.BYTES, contender.name())
                        .add(Round.of(List.of(server.residentBytes() + server.residentBytesOfChildren())));
            }
        }
    }

    /** Returns once a list call was answered. */
    static void firstAnswer(Server server) throws IOException, InterruptedException {
        if (server.contender().services().contains(Api.SQS)) {
            try (SqsClient client = Clients.sqs(server.endpoint())) {
                server.awaitAnswer(client::listQueues);
            }
        } else {
            try (DynamoDbClient client = Clients.dynamoDb(server.endpoint())) {
                server.awaitAnswer(client::listTables);
            }
        }
    }
}
