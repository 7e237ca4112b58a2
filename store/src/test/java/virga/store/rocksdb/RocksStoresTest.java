package virga.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.store.StoreFailure;
import virga.store.Stores;
import virga.store.StoresContract;

class RocksStoresTest extends StoresContract {
    @TempDir
    Path root;

    @Override
    protected Stores newStores() {
        return new RocksStores(root, RocksSettings.defaults(InstantSource.system()));
    }

    @Test
    void aSecondUserOfTheDirectoryIsToldWhichDirectoryIsInUse() {
        try (Stores first = newStores()) {
            assertThat(first.names()).isEmpty();
            assertThatThrownBy(this::newStores)
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("in use");
        }
        newStores().close();
    }

    @Test
    void whatAnEarlierProcessLeftUnfinishedIsSweptAway() throws IOException {
        Path half = Files.createDirectories(root.resolve(".copy-0"));
        Files.writeString(half.resolve("CURRENT"), "half");
        try (Stores stores = newStores()) {
            assertThat(half).doesNotExist();
            assertThat(stores.names()).isEmpty();
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "not a directory");
        assertThatThrownBy(() -> new RocksStores(file, RocksSettings.defaults(InstantSource.system())))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(file.toString());
    }
}
