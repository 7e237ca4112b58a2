package virga.store.rocksdb;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library from a file that is kept. RocksDB's own loader unpacks it anew into the temporary directory at each
 * start, and leaves those fifteen megabytes behind when the process is killed.
 */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads the library once a process. @param directory where the file is kept, or put where it is not there yet */
    static synchronized void load(Path directory) throws IOException {
        if (loaded) {
            return;
        }
        URL packed = packed();
        URLConnection connection = packed.openConnection();
        long size = connection.getContentLengthLong();
        // The size tells one version's file from another's before any of them is loaded.
        Path kept = directory.resolve(Long.toString(size)).resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        if (!Files.exists(kept) || Files.size(kept) != size) {
            Files.createDirectories(kept.getParent());
            Path unfinished = Files.createTempFile(kept.getParent(), "unpacking", "");
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        RocksDB.loadLibrary(List.of(kept.getParent().toString()));
        loaded = true;
    }

    private static URL packed() throws FileNotFoundException {
        String[] names = {
            Environment.getJniLibraryFileName("rocksdb"), Environment.getFallbackJniLibraryFileName("rocksdb")
        };
        for (String name : names) {
            URL found = name == null ? null : RocksDB.class.getClassLoader().getResource(name);
            if (found != null) {
                return found;
            }
        }
        throw new FileNotFoundException(
                "the RocksDB jar has no native library named " + names[0] + " for this platform");
    }
}
