package virga.store.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Part;

class PersistentTreeTest {
    private static final KeySpace ROW = KeySpace.of("tree/row", Part.number("n"));

    @Test
    void everyVersionStaysAsItWasAndInBalance() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            PersistentTree<Integer> tree = PersistentTree.empty();
            TreeMap<Key, Integer> model = new TreeMap<>();
            List<PersistentTree<Integer>> versions = new ArrayList<>();
            List<Map<Key, Integer>> states = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Key key = ROW.key((long) random.nextInt(300));
                switch (random.nextInt(12)) {
                    case 0 -> {
                        KeyRange range = new KeyRange(key, ROW.key((long) random.nextInt(300)));
                        tree = tree.without(range);
                        model.keySet().removeIf(range::contains);
                    }
                    case 1, 2 -> {
                        tree = tree.without(key);
                        model.remove(key);
                    }
                    default -> {
                        tree = tree.with(key, i);
                        model.put(key, i);
                    }
                }
                assertThat(tree.isSound()).as("seed %d, step %d", seed, i).isTrue();
                versions.add(tree);
                states.add(new TreeMap<>(model));
            }
            for (int i = 0; i < versions.size(); i++) {
                assertThat(entries(versions.get(i)))
                        .as("seed %d, version %d", seed, i)
                        .isEqualTo(states.get(i));
            }
        }
    }

    @Test
    void aHundredThousandKeysInOrderLieNoDeeperThanTwentyFour() {
        PersistentTree<Integer> tree = PersistentTree.empty();
        for (int i = 0; i < 100_000; i++) {
            tree = tree.with(ROW.key((long) i), i);
        }
        assertThat(tree.height()).isLessThanOrEqualTo(24);
        PersistentTree<Integer> cut = tree.without(new KeyRange(ROW.key(10L), ROW.key(99_990L)));
        assertThat(entries(cut)).hasSize(20);
        assertThat(cut.isSound()).isTrue();
    }

    private static Map<Key, Integer> entries(PersistentTree<Integer> tree) {
        Map<Key, Integer> entries = new TreeMap<>();
        for (Iterator<PersistentTree.Node<Integer>> walk = tree.walk(); walk.hasNext(); ) {
            PersistentTree.Node<Integer> node = walk.next();
            entries.put(node.key(), node.value());
        }
        return entries;
    }
}
