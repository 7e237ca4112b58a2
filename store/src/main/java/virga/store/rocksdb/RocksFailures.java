package virga.store.rocksdb;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import virga.store.StoreFailure;

/** Says in words what RocksDB reports by a code. */
final class RocksFailures {
    private RocksFailures() {}

    /** @param doing what was attempted, as in "open the store in" */
    static StoreFailure of(String doing, Path directory, RocksDBException e) {
        return new StoreFailure("cannot " + doing + " " + directory + ": " + reason(e), e);
    }

    private static String reason(RocksDBException e) {
        Status status = e.getStatus();
        String said = String.valueOf(e.getMessage());
        if (status == null) {
            return said;
        } else if (status.getSubCode() == Status.SubCode.NoSpace || said.contains("No space left")) {
            return "the disk is full. What was acknowledged is kept; free some space and start again (" + said + ")";
        } else if (said.contains("LOCK") || said.contains("lock hold")) {
            return "another process uses it (" + said + ")";
        }
        return switch (status.getCode()) {
            case Corruption ->
                "it is damaged. Nothing was changed; restore it from a copy, or delete it to begin anew (" + said + ")";
            case IOError -> "the disk reports an error (" + said + ")";
            default -> said;
        };
    }
}
