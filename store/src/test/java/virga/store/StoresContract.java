package virga.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import virga.kernel.Bytes;

/** What every place of named stores promises. */
public abstract class StoresContract {
    private static final KeySpace ROW = KeySpace.of("stores/row", Part.number("n"));

    protected abstract Stores newStores();

    private static void put(Store store, long n, String value) {
        store.<Void>transact(tx -> {
            tx.put(ROW.key(n), Bytes.ofUtf8(value));
            return null;
        });
    }

    private static String contents(Store store) {
        return store.read(reading -> String.join(
                " ",
                reading.scan(ROW.range()).map(entry -> entry.value().utf8()).toList()));
    }

    @Test
    void anOpenStoreIsTheSameInstanceAndAClosedOneOpensWithItsStateAndSequence() {
        try (Stores stores = newStores()) {
            Store first = stores.open("x");
            assertThat(stores.open("x")).isSameAs(first);
            put(first, 1, "a");
            long sequence = first.sequence();
            first.close();
            Store again = stores.open("x");
            assertThat(contents(again)).isEqualTo("a");
            assertThat(again.sequence()).isEqualTo(sequence);
            assertThat(contents(stores.open("y"))).isEmpty();
        }
    }

    @Test
    void namesAreInOrderWhateverTheyAre() {
        try (Stores stores = newStores()) {
            for (String name : new String[] {"z", "a/b", "..", "pr-12", "ünïcode", "%41"}) {
                put(stores.open(name), 1, name);
            }
            assertThat(stores.names()).containsExactly("%41", "..", "a/b", "pr-12", "z", "ünïcode");
            assertThat(stores.names())
                    .allSatisfy(name -> assertThat(contents(stores.open(name))).isEqualTo(name));
        }
    }

    @Test
    void aCopyLivesOnItsOwn() {
        try (Stores stores = newStores()) {
            Store source = stores.open("source");
            put(source, 1, "a");
            Store copy = stores.forkTo("source", "copy");
            assertThat(stores.open("copy")).isSameAs(copy);
            assertThat(copy.sequence()).isEqualTo(source.sequence());
            put(source, 1, "source");
            put(copy, 2, "copy");
            assertThat(contents(source)).isEqualTo("source");
            assertThat(contents(copy)).isEqualTo("a copy");
            assertThatThrownBy(() -> stores.forkTo("source", "copy"))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("copy already");
            assertThatThrownBy(() -> stores.forkTo("nowhere", "other"))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("nowhere");
        }
    }

    @Test
    void aDeletedStoreIsGoneAndItsNameIsFree() {
        try (Stores stores = newStores()) {
            Store store = stores.open("x");
            put(store, 1, "a");
            Store copy = stores.forkTo("x", "copy");
            stores.delete("x");
            stores.delete("never was");
            assertThat(stores.names()).containsExactly("copy");
            assertThatThrownBy(() -> contents(store)).isInstanceOf(StoreFailure.class);
            assertThat(contents(stores.open("x"))).isEmpty();
            assertThat(contents(copy)).isEqualTo("a");
        }
    }
}
