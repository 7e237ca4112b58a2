package virga.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.store.HistoryGone;
import virga.store.KeptHistory;
import virga.store.Store;
import virga.store.StoreContract;
import virga.store.StoreFailure;

class RocksStoreTest extends StoreContract {
    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    Path directory;

    @Override
    protected Store newStore(int commits) {
        return stores(made.incrementAndGet(), KeptHistory.DEFAULT.withCommits(commits))
                .open("default");
    }

    private RocksStores stores(int number, KeptHistory history) {
        return owned(new RocksStores(directory.resolve("root" + number), settings(history)));
    }

    private RocksStores stores() {
        return stores(made.incrementAndGet(), KeptHistory.DEFAULT);
    }

    private static RocksSettings settings(KeptHistory history) {
        return RocksSettings.defaults(InstantSource.system()).withHistory(history);
    }

    @Test
    void stateSequenceAndHistoryAreThereAfterReopening() {
        Path root = directory.resolve("reopened");
        long earlier;
        try (RocksStores stores = new RocksStores(root, settings(KeptHistory.DEFAULT))) {
            Store store = stores.open("a/b ü");
            put(store, 1, "old");
            earlier = store.sequence();
            put(store, 1, "new");
            put(store, 2, "two");
        }
        RocksStores again = owned(new RocksStores(root, settings(KeptHistory.DEFAULT)));
        assertThat(again.names()).containsExactly("a/b ü");
        Store store = again.open("a/b ü");
        assertThat(contents(store)).isEqualTo("1=new 2=two");
        assertThat(store.sequence()).isEqualTo(earlier + 2);
        try (Store past = store.forkAt(earlier)) {
            assertThat(contents(past)).isEqualTo("1=old");
        }
        put(store, 3, "three");
        assertThat(store.sequence()).isEqualTo(earlier + 3);
    }

    @Test
    void aCopyHasTheHistoryOfItsSourceAndOutlivesIt() {
        RocksStores stores = stores();
        Store source = stores.open("source");
        put(source, 1, "a");
        long early = source.sequence();
        put(source, 1, "b");
        Store copy = stores.forkTo("source", "copy");
        put(source, 1, "source");
        put(copy, 2, "copy");
        stores.delete("source");
        assertThat(contents(owned(copy.forkAt(early)))).isEqualTo("1=a");
        assertThat(contents(copy)).isEqualTo("1=b 2=copy");
    }

    @Test
    void closingUnderReadersWritersAndForksTurnsThemAwayOneByOne() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Store store = newStore(100);
            put(store, 1, "a");
            together(6, worker -> {
                if (worker == 0) {
                    for (int i = 0; i < 50; i++) {
                        put(store, i, "closing soon");
                    }
                    store.close();
                    return;
                }
                assertThatThrownBy(() -> useUntilClosed(store, worker))
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining("closed");
            });
        }
    }

    private static void useUntilClosed(Store store, int worker) {
        for (int i = 0; i < 1_000_000; i++) {
            switch (worker) {
                case 1 -> put(store, i % 100, i);
                case 2 -> contents(store);
                default -> {
                    try (Store fork = store.fork()) {
                        contents(fork);
                        put(fork, 1, i);
                        try (Store second = fork.fork()) {
                            contents(second);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aDamagedDirectoryIsRefusedByNameAndLeftAsItIs() throws IOException {
        Path root = directory.resolve("damaged");
        try (RocksStores stores = new RocksStores(root, settings(KeptHistory.DEFAULT))) {
            put(stores.open("d"), 1, "a");
        }
        Path manifest;
        try (Stream<Path> files = Files.list(root.resolve("d"))) {
            manifest = files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(manifest);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 0x55;
        Files.write(manifest, damaged);
        RocksStores again = owned(new RocksStores(root, settings(KeptHistory.DEFAULT)));
        assertThatThrownBy(() -> again.open("d"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(root.resolve("d").toString())
                .hasMessageContaining("damaged");
        Files.write(manifest, whole);
        assertThat(contents(again.open("d"))).isEqualTo("1=a");
    }

    @Test
    void damageInTheMiddleOfTheLogIsNotPassedOver() throws IOException {
        Path root = directory.resolve("log");
        try (RocksStores stores = new RocksStores(root, settings(KeptHistory.DEFAULT))) {
            Store store = stores.open("d");
            for (int i = 0; i < 50; i++) {
                put(store, i, "some text to make the log longer");
            }
        }
        Path log;
        try (Stream<Path> files = Files.list(root.resolve("d"))) {
            log = files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(log);
        content[content.length / 2] ^= 0x55;
        Files.write(log, content);
        RocksStores again = owned(new RocksStores(root, settings(KeptHistory.DEFAULT)));
        assertThatThrownBy(() -> again.open("d"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void historyIsBoundedByBytes() {
        RocksStores stores = stores(95, KeptHistory.DEFAULT.withBytes(20_000));
        Store store = stores.open("x");
        String text = "x".repeat(1_000);
        for (int i = 0; i < 100; i++) {
            put(store, 1, text + i);
        }
        assertThatThrownBy(() -> store.forkAt(60)).isInstanceOf(HistoryGone.class);
        try (Store past = store.forkAt(85)) {
            assertThat(contents(past)).endsWith("x84");
        }
    }

    @Test
    void aCommitTooLargeToTakeBackEndsTheHistoryButIsMade() {
        RocksStores stores = stores(96, KeptHistory.DEFAULT.withBytes(5_000));
        Store store = stores.open("x");
        put(store, 1, "a");
        long before = store.sequence();
        put(store, 2, "x".repeat(10_000));
        put(store, 2, "y");
        put(store, 2, "z");
        assertThat(contents(store)).isEqualTo("1=a 2=z");
        assertThatThrownBy(() -> store.forkAt(before)).isInstanceOf(HistoryGone.class);
        assertThat(contents(owned(store.forkAt(before + 2)))).isEqualTo("1=a 2=y");
    }

    @Test
    void historyIsBoundedByAge() {
        AtomicLong seconds = new AtomicLong();
        RocksSettings settings = RocksSettings.defaults(() -> Instant.ofEpochSecond(seconds.get()))
                .withHistory(new KeptHistory(8, 1 << 20, Duration.ofSeconds(10)));
        Store store =
                owned(new RocksStores(directory.resolve("aged"), settings)).open("x");
        for (int i = 0; i < 4; i++) {
            put(store, 1, i);
        }
        seconds.set(11);
        put(store, 1, "later");
        put(store, 1, "last");
        assertThatThrownBy(() -> store.forkAt(4)).isInstanceOf(HistoryGone.class);
        assertThat(contents(owned(store.forkAt(5)))).isEqualTo("1=later");
    }

    @Test
    void aForkEndsWithTheStoreThatItIsFrom() {
        RocksStores stores = stores();
        Store store = stores.open("x");
        put(store, 1, "a");
        Store fork = store.fork();
        store.close();
        assertThatThrownBy(() -> contents(fork))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("closed");
        fork.close();
    }

    @Test
    void syncedCommitsOfManyThreadsAndSyncedNamesAreAllThere() throws InterruptedException {
        Path root = directory.resolve("synced");
        RocksSettings settings = RocksSettings.defaults(InstantSource.system()).withDurability(Durability.POWER_LOSS);
        try (RocksStores stores = new RocksStores(root, settings)) {
            Store store = stores.open("x");
            together(8, worker -> {
                for (int i = 0; i < 5; i++) {
                    put(store, worker * 10L + i, i);
                }
            });
            stores.forkTo("x", "copied");
            stores.open("doomed");
            stores.delete("doomed");
        }
        RocksStores again = owned(new RocksStores(root, settings));
        assertThat(again.names()).containsExactly("copied", "x");
        assertThat(List.of(contents(again.open("x")).split(" "))).hasSize(40);
        assertThat(contents(again.open("copied"))).isEqualTo(contents(again.open("x")));
    }
}
