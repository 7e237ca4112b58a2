package virga.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.store.Reading.Direction;

/** What every store promises. Each backend subclasses it. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
public abstract class StoreContract {
    protected static final KeySpace ROW = KeySpace.of("contract/row", Part.number("n"));
    private static final KeySpace OTHER = KeySpace.of("contract/other", Part.text("name"));

    private final List<AutoCloseable> opened = Collections.synchronizedList(new ArrayList<>());

    /** A new, empty store that keeps {@code commits} commits of history. */
    protected abstract Store newStore(int commits);

    private Store store() {
        return owned(newStore(1_000));
    }

    protected final <C extends AutoCloseable> C owned(C closeable) {
        opened.add(closeable);
        return closeable;
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
    }

    protected static Key row(long n) {
        return ROW.key(n);
    }

    protected static Bytes value(Object text) {
        return Bytes.ofUtf8(String.valueOf(text));
    }

    protected static void put(Store store, long n, Object value) {
        store.<Void>transact(tx -> {
            tx.put(row(n), value(value));
            return null;
        });
    }

    private static void fill(Store store, long... numbers) {
        for (long n : numbers) {
            put(store, n, n);
        }
    }

    protected static String contents(Reading reading) {
        return show(reading, ROW.range(), Direction.FORWARD);
    }

    protected static String contents(Store store) {
        return store.read(StoreContract::contents);
    }

    /** The entries as {@code n=value}, apart by spaces. */
    private static String show(Reading reading, KeyRange range, Direction direction) {
        try (Stream<Reading.Entry> entries = reading.scan(range, direction)) {
            return String.join(
                    " ",
                    entries.map(e -> ROW.number(e.key(), 0) + "=" + e.value().utf8())
                            .toList());
        }
    }

    @Test
    void whatATransactionWroteIsReadTogether() {
        Store store = store();
        int result = store.transact(tx -> {
            tx.put(row(1), value("a"));
            tx.put(row(2), value("b"));
            return 7;
        });
        assertThat(result).isEqualTo(7);
        assertThat(contents(store)).isEqualTo("1=a 2=b");
        assertThat(store.<Boolean>read(r -> r.get(row(3)).isEmpty())).isTrue();
        assertThat(store.<String>read(r -> r.get(row(2), Codec.UTF8).orElseThrow()))
                .isEqualTo("b");
    }

    @Test
    void anExceptionRollsBackAndReachesTheCaller() {
        Store store = store();
        fill(store, 1);
        long before = store.sequence();
        assertThatThrownBy(() -> store.transact(tx -> {
                    tx.put(row(1), value("changed"));
                    tx.put(row(2), value("new"));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(contents(store)).isEqualTo("1=1");
        assertThat(store.sequence()).isEqualTo(before);
        fill(store, 3);
        assertThat(contents(store)).isEqualTo("1=1 3=3");
    }

    @Test
    void aTransactionSeesItsOwnWritesInGetsAndScansOfBothDirections() {
        Store store = store();
        fill(store, 1, 3, 5, 7);
        store.<Void>transact(tx -> {
            tx.put(row(0), value("0"));
            tx.put(row(4), value("4"));
            tx.put(row(5), value("five"));
            tx.delete(row(3));
            tx.delete(row(99));
            assertThat(tx.get(row(4))).contains(value("4"));
            assertThat(tx.get(row(3))).isEmpty();
            assertThat(tx.get(row(7))).contains(value("7"));
            assertThat(show(tx, ROW.range(), Direction.FORWARD)).isEqualTo("0=0 1=1 4=4 5=five 7=7");
            assertThat(show(tx, ROW.range(), Direction.BACKWARD)).isEqualTo("7=7 5=five 4=4 1=1 0=0");
            tx.put(row(3), value("back"));
            assertThat(tx.get(row(3))).contains(value("back"));
            return null;
        });
        assertThat(contents(store)).isEqualTo("0=0 1=1 3=back 4=4 5=five 7=7");
    }

    @Test
    void aScanShowsWhatWasWrittenBeforeItBegan() {
        Store store = store();
        fill(store, 1, 2, 3);
        store.<Void>transact(tx -> {
            List<Long> seen = new ArrayList<>();
            try (Stream<Reading.Entry> entries = tx.scan(ROW.range())) {
                entries.forEach(entry -> {
                    long n = ROW.number(entry.key(), 0);
                    seen.add(n);
                    tx.delete(entry.key());
                    tx.put(row(n + 10), value(n));
                });
            }
            assertThat(seen).containsExactly(1L, 2L, 3L);
            return null;
        });
        assertThat(contents(store)).isEqualTo("11=1 12=2 13=3");
    }

    @Test
    void aScanKeepsToItsRangeInBothDirections() {
        Store store = store();
        fill(store, Long.MIN_VALUE, -1, 0, 1, 2, 3, Long.MAX_VALUE);
        store.<Void>transact(tx -> {
            tx.put(OTHER.key("before"), value("x"));
            return null;
        });
        KeyRange middle = new KeyRange(row(0), row(3));
        store.<Void>read(r -> {
            assertThat(show(r, middle, Direction.FORWARD)).isEqualTo("0=0 1=1 2=2");
            assertThat(show(r, middle, Direction.BACKWARD)).isEqualTo("2=2 1=1 0=0");
            assertThat(show(r, middle.after(row(0)), Direction.FORWARD)).isEqualTo("1=1 2=2");
            assertThat(show(r, middle.before(row(2)), Direction.BACKWARD)).isEqualTo("1=1 0=0");
            assertThat(show(r, new KeyRange(row(3), row(0)), Direction.FORWARD)).isEmpty();
            assertThat(show(r, new KeyRange(row(3), row(0)), Direction.BACKWARD))
                    .isEmpty();
            assertThat(r.first(ROW.range(), Direction.FORWARD).orElseThrow().key())
                    .isEqualTo(row(Long.MIN_VALUE));
            assertThat(r.first(ROW.range(), Direction.BACKWARD).orElseThrow().key())
                    .isEqualTo(row(Long.MAX_VALUE));
            assertThat(r.first(ROW.range(7L), Direction.FORWARD)).isEmpty();
            assertThat(r.scan(OTHER.range()).count()).isEqualTo(1);
            return null;
        });
    }

    @Test
    void aScanIsLazyAndMayBeLeftBeforeItsEnd() {
        Store store = store();
        store.<Void>transact(tx -> {
            for (int i = 0; i < 1_000; i++) {
                tx.put(row(i), value(i));
            }
            return null;
        });
        AtomicInteger read = new AtomicInteger();
        List<Long> three = store.read(r -> {
            try (Stream<Reading.Entry> entries = r.scan(ROW.range(), Direction.BACKWARD)) {
                return entries.peek(e -> read.incrementAndGet())
                        .limit(3)
                        .map(e -> ROW.number(e.key(), 0))
                        .toList();
            }
        });
        assertThat(three).containsExactly(999L, 998L, 997L);
        assertThat(read).hasValueLessThan(10);
    }

    @Test
    void aRangeIsDeletedWithWhatTheTransactionItselfWroteThere() {
        Store store = store();
        fill(store, 1, 2, 3, 4, 5);
        store.<Void>transact(tx -> {
            tx.put(row(33), value("gone"));
            tx.put(row(3), value("gone too"));
            tx.delete(new KeyRange(row(2), row(40)));
            assertThat(contents(tx)).isEqualTo("1=1");
            tx.put(row(4), value("later"));
            return null;
        });
        assertThat(contents(store)).isEqualTo("1=1 4=later");
    }

    @Test
    void aReaderKeepsItsSnapshotWhileOthersCommit() {
        Store store = store();
        fill(store, 1, 2);
        store.<Void>read(r -> {
            try (Stream<Reading.Entry> early = r.scan(ROW.range())) {
                inAnotherThread(() -> {
                    put(store, 2, "changed");
                    fill(store, 3);
                });
                assertThat(r.get(row(2))).contains(value("2"));
                assertThat(early.count()).isEqualTo(2);
                assertThat(contents(r)).isEqualTo("1=1 2=2");
            }
            return null;
        });
        assertThat(contents(store)).isEqualTo("1=1 2=changed 3=3");
    }

    @Test
    void whatIsReadLazilyCannotBeCarriedOut() {
        Store store = store();
        fill(store, 1, 2);
        Stream<Reading.Entry> escapedScan = store.read(r -> r.scan(ROW.range()));
        assertThatThrownBy(escapedScan::count).isInstanceOf(Bug.class);
        Transaction escaped = store.transact(tx -> tx);
        assertThatThrownBy(() -> escaped.get(row(1))).isInstanceOf(Bug.class);
        assertThatThrownBy(() -> escaped.put(row(1), value("x"))).isInstanceOf(Bug.class);
    }

    @Test
    void aTransactionInsideATransactionIsABug() {
        Store store = store();
        assertThatThrownBy(() -> store.transact(tx -> store.transact(inner -> 1)))
                .isInstanceOf(Bug.class);
        fill(store, 1);
        assertThat(contents(store)).isEqualTo("1=1");
    }

    @Test
    void theSequenceGrowsByOneWithEachCommitThatChangesSomething() {
        Store store = store();
        long start = store.sequence();
        fill(store, 1, 2);
        assertThat(store.sequence()).isEqualTo(start + 2);
        store.transact(tx -> tx.get(row(1)));
        store.<Void>transact(tx -> {
            tx.delete(row(77));
            tx.delete(ROW.range(88L));
            tx.put(row(1), value(1));
            tx.put(row(5), value("never"));
            tx.delete(row(5));
            return null;
        });
        assertThat(store.sequence()).isEqualTo(start + 2);
    }

    @Test
    void noTwoTransactionsDecideOnWhatTheOtherChanges() throws InterruptedException {
        // Write skew: each withdraws from one account where both together hold enough. Snapshot isolation would let
        // both.
        for (int round = 0; round < 50; round++) {
            Store store = owned(newStore(10));
            put(store, 1, 1);
            put(store, 2, 1);
            together(
                    2,
                    worker -> store.<Void>transact(tx -> {
                        long sum = number(tx, 1) + number(tx, 2);
                        if (sum == 2) {
                            tx.put(row(worker + 1), value(number(tx, worker + 1) - 2));
                        }
                        return null;
                    }));
            assertThat(store.<Long>read(r -> number(r, 1) + number(r, 2))).isZero();
        }
    }

    @Test
    void noIncrementOfManyThreadsIsLostAndNoReaderSeesHalfATransfer() throws InterruptedException {
        Store store = store();
        put(store, 1, 1_000);
        put(store, 2, 0);
        put(store, 3, 0);
        long start = store.sequence();
        AtomicLong torn = new AtomicLong();
        together(6, worker -> {
            for (int i = 0; i < 100; i++) {
                if (worker >= 4) {
                    torn.addAndGet(store.<Long>read(r -> number(r, 1) + number(r, 2)) == 1_000 ? 0 : 1);
                } else {
                    store.<Void>transact(tx -> {
                        tx.put(row(1), value(number(tx, 1) - 1));
                        tx.put(row(2), value(number(tx, 2) + 1));
                        tx.put(row(3), value(number(tx, 3) + 1));
                        return null;
                    });
                }
            }
        });
        assertThat(torn).hasValue(0);
        assertThat(contents(store)).isEqualTo("1=600 2=400 3=400");
        assertThat(store.sequence()).isEqualTo(start + 400);
    }

    @Test
    void aWatcherIsToldOfEachChangedKeyInItsRangeAfterTheCommit() {
        Store store = store();
        fill(store, 4);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Store.Watch watch =
                store.watch(new KeyRange(row(2), row(6)), key -> told.add(ROW.number(key, 0) + "@" + store.sequence()));
        long start = store.sequence();
        fill(store, 1, 2);
        store.<Void>transact(tx -> {
            tx.put(row(3), value("x"));
            tx.delete(new KeyRange(row(4), row(9)));
            tx.put(row(6), value("outside"));
            return null;
        });
        assertThatThrownBy(() -> store.transact(tx -> {
                    tx.put(row(5), value("x"));
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        watch.close();
        fill(store, 5);
        assertThat(told).containsExactly("2@" + (start + 2), "3@" + (start + 3), "4@" + (start + 3));
    }

    @Test
    void aForkAndItsSourceLiveApart() {
        Store store = store();
        fill(store, 1, 2, 3);
        Store fork = owned(store.fork());
        assertThat(fork.sequence()).isEqualTo(store.sequence());
        put(fork, 2, "fork");
        fork.<Void>transact(tx -> {
            tx.delete(row(1));
            return null;
        });
        put(store, 3, "source");
        put(store, 4, "source");
        assertThat(contents(fork)).isEqualTo("2=fork 3=3");
        assertThat(contents(store)).isEqualTo("1=1 2=2 3=source 4=source");
        assertThat(fork.<String>read(r -> show(r, ROW.range(), Direction.BACKWARD)))
                .isEqualTo("3=3 2=fork");
    }

    @Test
    void aForkAtAnEarlierCommitIsTheStateOfThatCommit() {
        Store store = store();
        List<Long> sequences = new ArrayList<>();
        List<String> states = new ArrayList<>();
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < 60; i++) {
            store.<Void>transact(tx -> {
                for (int n = 0; n < 4; n++) {
                    tx.put(row(random.nextInt(20)), value(random.nextInt(1_000)));
                }
                long from = random.nextInt(20);
                tx.delete(new KeyRange(row(from), row(from + 3)));
                return null;
            });
            sequences.add(store.sequence());
            states.add(contents(store));
        }
        for (int i = 0; i < 60; i++) {
            try (Store past = store.forkAt(sequences.get(i))) {
                assertThat(contents(past)).as("commit %d", sequences.get(i)).isEqualTo(states.get(i));
                assertThat(past.sequence()).isEqualTo(sequences.get(i));
            }
        }
    }

    @Test
    void aForkOfNowIsThereHoweverShortTheHistoryAndBusyTheStore() throws InterruptedException {
        Store store = owned(newStore(0));
        put(store, 1, 0);
        long start = store.sequence();
        AtomicInteger writing = new AtomicInteger(2);
        together(3, worker -> {
            for (int i = 0; worker < 2 && i < 300; i++) {
                store.<Void>transact(tx -> {
                    tx.put(row(1), value(number(tx, 1) + 1));
                    return null;
                });
            }
            if (worker < 2) {
                writing.decrementAndGet();
            }
            while (worker == 2 && writing.get() > 0) {
                try (Store fork = store.fork()) {
                    assertThat(contents(fork)).isEqualTo("1=" + (fork.sequence() - start));
                }
            }
        });
    }

    @Test
    void aForkCanBeForkedAndOutlivesTheForkItCameFrom() {
        Store store = store();
        fill(store, 1, 2);
        Store first = store.fork();
        put(first, 2, "first");
        long inFirst = first.sequence();
        put(first, 3, "later");
        Store second = owned(first.forkAt(inFirst));
        put(second, 1, "second");
        Store third = owned(second.fork());
        third.<Void>transact(tx -> {
            tx.delete(ROW.range());
            return null;
        });
        assertThat(contents(first)).isEqualTo("1=1 2=first 3=later");
        first.close();
        put(store, 2, "source");
        assertThat(contents(second)).isEqualTo("1=second 2=first");
        assertThat(contents(third)).isEmpty();
    }

    @Test
    void aForkWatchesItself() {
        Store store = store();
        Store fork = owned(store.fork());
        List<Key> told = new ArrayList<>();
        fork.watch(ROW.range(), told::add);
        fill(store, 1);
        fill(fork, 2);
        assertThat(told).containsExactly(row(2));
    }

    @Test
    void whatIsBeyondTheKeptHistoryIsGone() {
        Store store = owned(newStore(16));
        long start = store.sequence();
        for (int i = 0; i < 200; i++) {
            put(store, 1, i);
        }
        assertThatThrownBy(() -> store.forkAt(start + 1)).isInstanceOf(HistoryGone.class);
        assertThatThrownBy(() -> store.forkAt(start + 201)).isInstanceOf(HistoryGone.class);
        try (Store past = store.forkAt(start + 200 - 16)) {
            assertThat(contents(past)).isEqualTo("1=183");
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        Store store = newStore(10);
        fill(store, 1);
        store.close();
        store.close();
        assertThatThrownBy(() -> fill(store, 2))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> contents(store)).isInstanceOf(StoreFailure.class);
    }

    @Test
    void itDoesWhatAModelDoesWhateverIsAskedOfIt() {
        for (int seed = 1; seed <= 12; seed++) {
            try (Store store = newStore(50)) {
                new ModelRun(seed, store).run(150);
            }
        }
    }

    @Test
    void anEmptyAndALargeValueAreKept() {
        Store store = store();
        Bytes large = Bytes.wrap(new byte[3 << 20]);
        store.<Void>transact(tx -> {
            tx.put(row(1), Bytes.EMPTY);
            tx.put(row(2), large);
            return null;
        });
        assertThat(store.<Bytes>read(r -> r.get(row(1)).orElseThrow())).isEqualTo(Bytes.EMPTY);
        assertThat(store.<Bytes>read(r -> r.get(row(2)).orElseThrow())).isEqualTo(large);
    }

    private static long number(Reading reading, long row) {
        return reading.get(row(row)).map(v -> Long.parseLong(v.utf8())).orElse(0L);
    }

    private static void inAnotherThread(Runnable action) {
        try {
            together(1, unused -> action.run());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code action} in so many threads that begin at once, and fails where one of them does. */
    protected static void together(int threads, java.util.function.IntConsumer action) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            // Not virtual ones: those that never wait would keep the others from running at all.
            all.add(Thread.ofPlatform().start(() -> {
                try {
                    begin.await();
                    action.accept(number);
                } catch (Throwable e) {
                    thrown.set(e);
                }
            }));
        }
        begin.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        if (thrown.get() != null) {
            throw new AssertionError("a thread failed", thrown.get());
        }
    }
}
