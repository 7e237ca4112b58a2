package virga.store.rocksdb;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import virga.kernel.Bytes;
import virga.store.Codec;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Part;
import virga.store.Reading;
import virga.store.Store;

/**
 * What {@link KillTest} kills: several threads, each of which commits rounds without end and prints each once it is acknowledged.
 * Round n of a worker writes n to its left and its right column in one transaction, and moves its mark to n.
 */
final class WritingProcess {
    static final KeySpace LEFT = KeySpace.of("kill/left", Part.number("worker"), Part.number("round"));
    static final KeySpace RIGHT = KeySpace.of("kill/right", Part.number("worker"), Part.number("round"));
    static final KeySpace MARK = KeySpace.of("kill/mark", Part.number("worker"));
    static final int WORKERS = 4;

    private WritingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        RocksStores stores = new RocksStores(Path.of(arguments[0]), RocksSettings.defaults(InstantSource.system()));
        Store store = stores.open("default");
        Thread[] threads = new Thread[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            long worker = i;
            threads[i] = Thread.ofPlatform().start(() -> write(store, worker));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void write(Store store, long worker) {
        while (true) {
            long round = store.transact(tx -> {
                long next = mark(tx, worker).map(last -> last + 1).orElse(0L);
                String text = next + "x".repeat((int) (next % 500));
                tx.put(LEFT.key(worker, next), Bytes.ofUtf8(text));
                tx.put(RIGHT.key(worker, next), Bytes.ofUtf8(text));
                tx.put(MARK.key(worker), Bytes.ofUtf8(Long.toString(next)));
                if (next % 10 == 9) {
                    // Only the newest ten stay.
                    KeyRange left = new KeyRange(LEFT.key(worker, 0L), LEFT.key(worker, next - 9));
                    KeyRange right = new KeyRange(RIGHT.key(worker, 0L), RIGHT.key(worker, next - 9));
                    tx.delete(left);
                    tx.delete(right);
                }
                return next;
            });
            synchronized (System.out) {
                System.out.println(worker + " " + round);
                System.out.flush();
            }
        }
    }

    /** The last round that a worker committed. */
    static Optional<Long> mark(Reading reading, long worker) {
        return reading.get(MARK.key(worker), Codec.UTF8).map(Long::parseLong);
    }
}
