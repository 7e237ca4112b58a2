package virga.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.Bytes;
import virga.store.Reading.Direction;

/** Does the same to a store and to a {@link TreeMap}, as a seed decides, and compares all that both answer, forks included. */
final class ModelRun {
    private static final int KEYS = 40;

    private final Random random;
    private final Store store;
    private final String name;
    private final List<Long> sequences = new ArrayList<>();
    private final List<TreeMap<Key, Bytes>> states = new ArrayList<>();
    private TreeMap<Key, Bytes> model = new TreeMap<>();

    private static final class RolledBack extends RuntimeException {}

    ModelRun(long seed, Store store) {
        this(new Random(seed), store, "seed " + seed);
    }

    private ModelRun(Random random, Store store, String name) {
        this.random = random;
        this.store = store;
        this.name = name;
        sequences.add(store.sequence());
        states.add(new TreeMap<>());
    }

    void run(int transactions) {
        for (int i = 0; i < transactions; i++) {
            transaction();
            store.<Void>read(reading -> {
                compare(reading, model);
                return null;
            });
            if (random.nextInt(15) == 0) {
                fork();
            }
        }
    }

    private void transaction() {
        TreeMap<Key, Bytes> changed = new TreeMap<>(model);
        boolean fails = random.nextInt(5) == 0;
        try {
            store.<Void>transact(tx -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    step(tx, changed);
                }
                if (fails) {
                    throw new RolledBack();
                }
                return null;
            });
        } catch (RolledBack expected) {
            return;
        }
        long expected = sequences.getLast() + (changed.equals(model) ? 0 : 1);
        assertThat(store.sequence()).as(name).isEqualTo(expected);
        model = changed;
        if (expected > sequences.getLast()) {
            sequences.add(expected);
            states.add(new TreeMap<>(changed));
        }
    }

    private void step(Transaction tx, TreeMap<Key, Bytes> changed) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                Key key = key();
                Bytes value = Bytes.ofUtf8("v" + random.nextInt(5));
                tx.put(key, value);
                changed.put(key, value);
            }
            case 3 -> {
                Key key = key();
                tx.delete(key);
                changed.remove(key);
            }
            case 4 -> {
                KeyRange range = range();
                tx.delete(range);
                part(changed, range).clear();
            }
            default -> compare(tx, changed);
        }
    }

    /** Forks at a commit of the past, runs on there, and looks that the source did not notice. */
    private void fork() {
        int at = Math.max(0, states.size() - 1 - random.nextInt(30));
        try (Store fork = store.forkAt(sequences.get(at))) {
            ModelRun inFork = new ModelRun(random, fork, name + ", fork at " + sequences.get(at));
            inFork.model = new TreeMap<>(states.get(at));
            inFork.states.set(0, inFork.model);
            for (int i = 0; i < 10; i++) {
                inFork.transaction();
                fork.<Void>read(reading -> {
                    compare(reading, inFork.model);
                    return null;
                });
            }
            int inner = random.nextInt(inFork.states.size());
            try (Store second = fork.forkAt(inFork.sequences.get(inner))) {
                second.<Void>read(reading -> {
                    compare(reading, inFork.states.get(inner));
                    return null;
                });
            }
        }
    }

    private void compare(Reading reading, TreeMap<Key, Bytes> expected) {
        Key one = key();
        assertThat(reading.get(one).orElse(null)).as(name).isEqualTo(expected.get(one));
        KeyRange range = random.nextInt(3) == 0 ? StoreContract.ROW.range() : range();
        assertThat(entries(reading, range, Direction.FORWARD)).as(name).isEqualTo(entries(part(expected, range)));
        assertThat(entries(reading, range, Direction.BACKWARD))
                .as(name)
                .isEqualTo(entries(part(expected, range).descendingMap()));
    }

    private static List<Reading.Entry> entries(Reading reading, KeyRange range, Direction direction) {
        try (Stream<Reading.Entry> entries = reading.scan(range, direction)) {
            return entries.toList();
        }
    }

    private static List<Reading.Entry> entries(NavigableMap<Key, Bytes> map) {
        return map.entrySet().stream()
                .map(entry -> new Reading.Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static NavigableMap<Key, Bytes> part(TreeMap<Key, Bytes> map, KeyRange range) {
        return range.from().compareTo(range.to()) <= 0
                ? map.subMap(range.from(), true, range.to(), false)
                : new TreeMap<>();
    }

    private Key key() {
        return StoreContract.ROW.key((long) random.nextInt(KEYS));
    }

    private KeyRange range() {
        return new KeyRange(key(), key());
    }
}
