package virga.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import virga.kernel.Bytes;
import virga.store.KeySpace;
import virga.store.Part;
import virga.store.Store;
import virga.store.StoreFailure;

/** What {@link FullDiskTest} runs on a small disk: writes until the disk is full, makes room, looks what is there. */
final class FillingProcess {
    private static final KeySpace ROW = KeySpace.of("full/row", Part.number("n"));
    private static final int RESERVE_BYTES = 8 << 20;

    private FillingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path disk = Path.of(arguments[0]);
        System.out.println("ready");
        Path reserve = Files.write(disk.resolve("reserve"), new byte[RESERVE_BYTES]);
        RocksSettings settings = RocksSettings.defaults(InstantSource.system());
        long acknowledged = 0;
        RocksStores stores = new RocksStores(disk.resolve("root"), settings);
        Store store = stores.open("default");
        try {
            while (acknowledged < 100_000) {
                write(store, acknowledged);
                acknowledged++;
            }
        } catch (StoreFailure e) {
            System.out.println("refused: " + e.getMessage());
        }
        stores.close();
        Files.delete(reserve);
        try (RocksStores again = new RocksStores(disk.resolve("root"), settings)) {
            Store reopened = again.open("default");
            long count = reopened.read(reading -> reading.scan(ROW.range()).count());
            System.out.println((count == acknowledged ? "all kept " : "lost: " + count + " of ") + acknowledged);
            write(reopened, acknowledged);
            System.out.println("writes again");
        }
    }

    private static void write(Store store, long n) {
        byte[] value = new byte[16 << 10];
        new Random(n).nextBytes(value);
        store.<Void>transact(tx -> {
            tx.put(ROW.key(n), Bytes.wrap(value));
            return null;
        });
    }
}
