package virga.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.IntConsumer;
import virga.kernel.Bytes;
import virga.store.memory.MemoryStores;
import virga.store.rocksdb.Durability;
import virga.store.rocksdb.RocksSettings;
import virga.store.rocksdb.RocksStores;

/** Prints how fast stores write, read, fork and copy. Run by hand; one number is no measurement. */
final class StoreBenchmark {
    private static final KeySpace ROW = KeySpace.of("benchmark/row", Part.text("table"), Part.number("n"));
    private static final int ROWS = 200_000;
    private static final int SYNCED = 2_000;
    private static final int VALUE_BYTES = 400;

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("virga-store-benchmark");
        RocksSettings settings = RocksSettings.defaults(InstantSource.system());
        try (Stores memory = new MemoryStores();
                Stores killed = new RocksStores(root.resolve("kill"), settings);
                Stores synced =
                        new RocksStores(root.resolve("power"), settings.withDurability(Durability.POWER_LOSS))) {
            measure("memory", memory);
            measure("rocksdb", killed);
            Store store = synced.open("a");
            rate("rocksdb: puts, each synced", SYNCED, () -> repeat(SYNCED, n -> put(store, n)));
            rate("rocksdb: puts, synced, 16 threads", SYNCED, () -> inThreads(16, SYNCED, n -> put(store, n)));
        }
    }

    private static void measure(String name, Stores stores) throws InterruptedException {
        Store store = stores.open("a");
        rate(name + ": puts of new rows, a commit each", ROWS, () -> repeat(ROWS, n -> put(store, n)));
        rate(name + ": puts of old rows, a commit each", ROWS, () -> repeat(ROWS, n -> put(store, n)));
        rate(name + ": puts of new rows, 100 a commit", ROWS, () -> repeat(ROWS / 100, n -> putMany(store, n)));
        rate(name + ": gets, a snapshot each", ROWS, () -> repeat(ROWS, n -> get(store, n)));
        rate(name + ": scans of 10, a snapshot each", ROWS / 10, () -> repeat(ROWS / 10, n -> scan(store, n)));
        rate(name + ": copy of " + 2 * ROWS + " rows", 1, () -> stores.forkTo("a", "b"));
        rate(
                name + ": fork at now",
                1_000,
                () -> repeat(1_000, n -> store.fork().close()));
        long past = store.sequence() - 1_000;
        rate(
                name + ": fork 1000 commits back",
                10,
                () -> repeat(10, n -> store.forkAt(past).close()));
    }

    private static void put(Store store, int n) {
        Bytes value = value(n);
        store.<Void>transact(tx -> {
            tx.put(ROW.key("single", (long) n), value);
            return null;
        });
    }

    private static void putMany(Store store, int n) {
        store.<Void>transact(tx -> {
            for (int i = 0; i < 100; i++) {
                tx.put(ROW.key("many", n * 100L + i), value(i));
            }
            return null;
        });
    }

    private static void get(Store store, int n) {
        if (store.<Boolean>read(
                reading -> reading.get(ROW.key("single", (long) n)).isEmpty())) {
            throw new IllegalStateException("row " + n + " is not there");
        }
    }

    private static void scan(Store store, int n) {
        KeyRange range = ROW.range("single").startingAt(ROW.key("single", (long) n));
        store.<Long>read(reading -> reading.scan(range).limit(10).count());
    }

    private static Bytes value(int n) {
        byte[] value = new byte[VALUE_BYTES];
        new Random(System.nanoTime() + n).nextBytes(value);
        return Bytes.wrap(value);
    }

    private static void repeat(int times, IntConsumer action) {
        for (int i = 0; i < times; i++) {
            action.accept(i);
        }
    }

    private static void inThreads(int threads, int times, IntConsumer action) throws InterruptedException {
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            int number = i;
            all[i] = Thread.ofVirtual().start(() -> repeat(times / threads, n -> action.accept(n * threads + number)));
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void rate(String what, int count, Work work) throws InterruptedException {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-45s %,12.0f /s %10.2f ms in all%n", what, count / seconds, seconds * 1_000);
    }
}
