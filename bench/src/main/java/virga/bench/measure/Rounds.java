package virga.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.bench.Bench;
import virga.bench.Load;
import virga.bench.Section;
import virga.bench.Turns;
import virga.bench.Unit;
import virga.bench.contender.Contender;
import virga.bench.contender.Server;

/** Starts all contenders, lets them take turns, and stops them. */
final class Rounds {
    private final Bench bench;
    private final Section section;

    Rounds(Bench bench, Section section) {
        this.bench = bench;
        this.section = section;
    }

    /** The operations of one round on one contender, in order. */
    interface Operations extends AutoCloseable {
        /** Fresh work for one round: what it does for each operation, in order. */
        Map<String, Load.Work> of(int round);

        @Override
        void close();
    }

    /** Makes the operations of a server that answers. */
    interface Preparation {
        Operations prepare(Server server);
    }

    private record Prepared(Server server, Operations operations) {}

    void run(List<Contender> contenders, Preparation preparation) throws IOException, InterruptedException {
        List<Prepared> all = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                bench.progress().accept("starting " + contender.name());
                Server server = bench.contenders().start(contender);
                try {
                    StartBenchmark.firstAnswer(server);
                    all.add(new Prepared(server, preparation.prepare(server)));
                } catch (IOException e) {
                    contender.leaveOut(section, e);
                }
            }
            for (int round = 0; round <= bench.scale().rounds(); round++) {
                for (Prepared each : Turns.of(round, all)) {
                    measure(each, round);
                }
            }
        } finally {
            for (Prepared each : all) {
                each.operations().close();
                each.server().close();
            }
        }
    }

    private void measure(Prepared each, int round) throws InterruptedException {
        Contender contender = each.server().contender();
        bench.progress().accept("round " + round + "/" + bench.scale().rounds() + " of " + contender.name());
        for (Map.Entry<String, Load.Work> operation :
                new LinkedHashMap<>(each.operations().of(round)).entrySet()) {
            var taken = bench.load()
                    .round(contender.calls(bench.scale().calls()), each.server()::processorNanos, operation.getValue());
            if (round > 0) {
                section.series(operation.getKey(), Unit.NANOSECONDS, contender.name())
                        .add(taken);
            }
        }
    }

    /** What is to be said of every table of calls. */
    static void note(Bench bench, Section section) {
        section.note(
                "The SDK signs every call, as real clients do. Virga checks each signature; its peers read the key's id at most.");
        section.note("p50 and p99: one client, " + bench.scale().calls() + " calls a round; calls/s: "
                + bench.scale().clients()
                + " clients at once, three times as many calls. Slow contenders get a tenth of the calls.");
    }
}
