package virga.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.store.KeySpace;
import virga.store.Reading;
import virga.store.Store;
import virga.store.StoreFailure;

class KillTest {
    private static final int KILLS = 5;

    @TempDir
    Path root;

    private final Map<Long, Long> acknowledged = new TreeMap<>();

    @Test
    void whatWasAcknowledgedSurvivesKillAndNoTransactionIsTorn() throws IOException, InterruptedException {
        Random random = new Random(5);
        long sequence = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndKill(300 + random.nextInt(3_000), kill == 0);
            try (RocksStores stores = new RocksStores(root, RocksSettings.defaults(InstantSource.system()))) {
                Store store = stores.open("default");
                store.<Void>read(reading -> {
                    for (long worker = 0; worker < WritingProcess.WORKERS; worker++) {
                        check(reading, worker);
                    }
                    return null;
                });
                assertThat(store.sequence()).isGreaterThan(sequence).isEqualTo(commits(store));
                sequence = store.sequence();
                checkHistory(store);
            }
        }
        assertThat(acknowledged).hasSize(WritingProcess.WORKERS);
    }

    /** Lets a process write until it has acknowledged so many rounds. */
    private void writeAndKill(int rounds, boolean alsoTryToOpen) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(List.of(), WritingProcess.class, root.toString())) {
            for (int i = 0; i < rounds; i++) {
                note(child.line().orElseThrow(() -> new AssertionError("the writing process ended by itself")));
            }
            if (alsoTryToOpen) {
                assertThatThrownBy(() -> new RocksStores(root, RocksSettings.defaults(InstantSource.system())))
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(root.toString())
                        .hasMessageContaining("in use");
            }
            child.kill().forEach(this::note);
        }
    }

    private void note(String line) {
        assertThat(line).matches("\\d \\d+");
        String[] words = line.split(" ");
        acknowledged.merge(Long.parseLong(words[0]), Long.parseLong(words[1]), Math::max);
    }

    private void check(Reading reading, long worker) {
        long mark = WritingProcess.mark(reading, worker).orElse(-1L);
        assertThat(mark).as("mark of worker %d", worker).isGreaterThanOrEqualTo(acknowledged.getOrDefault(worker, -1L));
        assertThat(mark)
                .as("at most the one round under way is more")
                .isLessThanOrEqualTo(acknowledged.getOrDefault(worker, -1L) + 1);
        List<Long> left = rounds(reading, WritingProcess.LEFT, worker);
        assertThat(left).as("both columns").isEqualTo(rounds(reading, WritingProcess.RIGHT, worker));
        // Each tenth round removes what is older than its own ten.
        long oldest = Math.max(0, mark - mark % 10 - (mark % 10 == 9 ? 0 : 10));
        assertThat(left)
                .as("rounds of worker %d", worker)
                .isEqualTo(LongStream.rangeClosed(oldest, mark).boxed().toList());
    }

    /** Each round is one commit. */
    private static long commits(Store store) {
        return store.read(reading -> {
            long commits = 0;
            for (long worker = 0; worker < WritingProcess.WORKERS; worker++) {
                commits += WritingProcess.mark(reading, worker).orElse(-1L) + 1;
            }
            return commits;
        });
    }

    /** The undo records came through too: back by a hundred commits are a hundred rounds fewer. */
    private static void checkHistory(Store store) {
        try (Store past = store.forkAt(store.sequence() - 100)) {
            assertThat(commits(past)).isEqualTo(commits(store) - 100);
        }
    }

    private static List<Long> rounds(Reading reading, KeySpace column, long worker) {
        try (Stream<Reading.Entry> entries = reading.scan(column.range(worker))) {
            return entries.map(entry -> column.number(entry.key(), 1)).toList();
        }
    }
}
