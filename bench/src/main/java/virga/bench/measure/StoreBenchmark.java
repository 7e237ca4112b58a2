package virga.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Round;
import virga.bench.Section;
import virga.bench.Turns;
import virga.bench.Unit;
import virga.kernel.Bytes;
import virga.kernel.Chance;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Part;
import virga.store.Store;
import virga.store.Stores;
import virga.store.memory.MemoryStores;
import virga.store.rocksdb.RocksSettings;
import virga.store.rocksdb.RocksStores;

/** How fast stores write, read, scan and fork, called in this process. */
public final class StoreBenchmark implements Benchmark {
    private static final KeySpace ROW = KeySpace.of("benchmark/row", Part.text("table"), Part.number("n"));
    private static final int VALUE_BYTES = 400;
    private static final int ROWS_OF_A_COMMIT = 100;
    private static final int ROWS_OF_A_SCAN = 10;
    private static final int FORKS = 100;

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String describe() {
        return "the store alone: puts that survive a killed process, gets, scans and forks";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        int rows = bench.scale().rows();
        section.note("Called in this process, one thread, values of " + VALUE_BYTES
                + " bytes that do not compress; a round writes " + rows
                + " new rows, and a sample is the mean of all of its operations. The copy is of two such tables.");
        Path folder = bench.contenders().ownFolder();
        for (int round = 0; round <= bench.scale().rounds(); round++) {
            for (String contender : Turns.of(round, List.of("Virga, memory", "Virga, RocksDB"))) {
                bench.progress().accept("store " + round + "/" + bench.scale().rounds() + ": " + contender);
                try (Stores stores = contender.endsWith("memory")
                        ? new MemoryStores()
                        : new RocksStores(
                                folder.resolve("round-" + round), RocksSettings.defaults(bench.clock()::now))) {
                    Map<String, Long> taken = new OneStore(bench, stores, rows).measure();
                    if (round > 0) {
                        taken.forEach((what, nanos) -> section.series(what, Unit.NANOSECONDS, contender)
                                .add(Round.of(List.of(nanos))));
                    }
                }
            }
        }
    }

    private static final class OneStore {
        private final Bench bench;
        private final Stores stores;
        private final Store store;
        private final int rows;
        /** Made before, so that making them does not count; few, so that they fit in a cache. */
        private final List<Bytes> values = new ArrayList<>();

        OneStore(Bench bench, Stores stores, int rows) {
            this.bench = bench;
            this.stores = stores;
            this.store = stores.open("a");
            this.rows = rows;
            Chance chance = bench.ports().chance().named("values");
            for (int i = 0; i < 64; i++) {
                byte[] value = new byte[VALUE_BYTES];
                for (int at = 0; at < value.length; at++) {
                    value[at] = (byte) chance.nextInt(256);
                }
                values.add(Bytes.wrap(value));
            }
        }

        /** Nanoseconds for one operation, by what it is. */
        Map<String, Long> measure() throws IOException, InterruptedException {
            Map<String, Long> taken = new LinkedHashMap<>();
            taken.put("store: put of a new row, a commit each", mean(rows, this::put));
            taken.put("store: put of an old row, a commit each", mean(rows, this::put));
            taken.put("store: put of 100 rows in one commit", mean(rows / ROWS_OF_A_COMMIT, this::putMany));
            taken.put("store: get, a snapshot each", mean(rows, this::get));
            taken.put("store: scan of ten rows", mean(rows / ROWS_OF_A_SCAN, this::scan));
            taken.put("store: copy of " + 2 * rows + " rows", mean(1, unused -> stores.forkTo("a", "b")));
            taken.put("store: fork", mean(FORKS, unused -> store.fork().close()));
            return taken;
        }

        private interface Operation {
            void run(int number);
        }

        private long mean(int times, Operation operation) throws IOException, InterruptedException {
            return bench.nanos(() -> {
                        for (int i = 0; i < times; i++) {
                            operation.run(i);
                        }
                    })
                    / times;
        }

        private void put(int n) {
            store.<Void>transact(transaction -> {
                transaction.put(ROW.key("single", (long) n), value(n));
                return null;
            });
        }

        private void putMany(int n) {
            store.<Void>transact(transaction -> {
                for (int i = 0; i < ROWS_OF_A_COMMIT; i++) {
                    transaction.put(ROW.key("many", n * (long) ROWS_OF_A_COMMIT + i), value(i));
                }
                return null;
            });
        }

        private void get(int n) {
            if (store.<Boolean>read(
                    reading -> reading.get(ROW.key("single", (long) n)).isEmpty())) {
                throw new IllegalStateException("row " + n + " is not there");
            }
        }

        private void scan(int n) {
            KeyRange range = ROW.range("single").startingAt(ROW.key("single", (long) n));
            store.<Long>read(
                    reading -> reading.scan(range).limit(ROWS_OF_A_SCAN).count());
        }

        private Bytes value(int n) {
            return values.get(n % values.size());
        }
    }
}
