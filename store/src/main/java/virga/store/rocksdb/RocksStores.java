package virga.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.store.Store;
import virga.store.StoreFailure;
import virga.store.Stores;

/**
 * Named stores on disk, each in a directory of its own under one root that one process uses at a time.
 *
 * <p>A copy is made, and a store is deleted, under a name that begins with a dot and renamed at the end or the beginning, so that a
 * process that dies in between leaves nothing half: the next one sweeps such names away.
 */
public final class RocksStores implements Stores {
    private static final String LOCK = ".lock";
    private static final String NATIVE = ".native";

    private final Path root;
    private final RocksSettings settings;
    private final FileChannel lockFile;
    private final RocksShared shared;
    private final Map<String, RocksStore> stores = new HashMap<>();
    private boolean closed;
    private long unfinished;

    /** @throws StoreFailure where another process uses {@code root}, or it cannot be written */
    public RocksStores(Path root, RocksSettings settings) {
        this.root = root.toAbsolutePath().normalize();
        this.settings = settings;
        this.lockFile = lock(this.root);
        try {
            StoreDirectories.sweep(this.root, List.of(LOCK, NATIVE));
            NativeLibrary.load(this.root.resolve(NATIVE));
            this.shared = new RocksShared();
        } catch (IOException e) {
            throw new StoreFailure("cannot use " + this.root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized Store open(String name) {
        return opened(name);
    }

    @Override
    public synchronized Store forkTo(String from, String to) {
        Path target = path(to);
        if (!StoreDirectories.holdsStore(path(from))) {
            throw new StoreFailure("there is no store named " + from + " in " + root);
        } else if (Files.exists(target)) {
            throw new StoreFailure("there is a store named " + to + " already in " + root);
        }
        Path copy = unfinished("copy");
        opened(from).copyTo(copy);
        move(copy, target);
        keepNames();
        return opened(to);
    }

    @Override
    public synchronized void delete(String name) {
        RocksStore open = stores.remove(name);
        if (open != null) {
            open.close();
        }
        Path directory = path(name);
        if (Files.exists(directory)) {
            Path doomed = unfinished("deleted");
            move(directory, doomed);
            keepNames();
            try {
                StoreDirectories.remove(doomed);
            } catch (IOException e) {
                throw new StoreFailure("cannot remove " + doomed + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public synchronized List<String> names() {
        try {
            return StoreDirectories.names(root);
        } catch (IOException e) {
            throw new StoreFailure("cannot list " + root + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        new ArrayList<>(stores.values()).forEach(RocksStore::close);
        shared.close();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StoreFailure("cannot unlock " + root + ": " + e.getMessage(), e);
        }
    }

    private RocksStore opened(String name) {
        if (closed) {
            throw new StoreFailure("the stores in " + root + " are closed");
        }
        RocksStore known = stores.get(name);
        if (known != null && !known.isClosed()) {
            return known;
        }
        boolean made = !StoreDirectories.holdsStore(path(name));
        RocksStore store = RocksStore.open(path(name), settings, shared);
        if (made) {
            keepNames();
        }
        stores.put(name, store);
        return store;
    }

    private Path path(String name) {
        return root.resolve(StoreDirectories.fileName(name));
    }

    private Path unfinished(String what) {
        return root.resolve("." + what + "-" + unfinished++);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreFailure("cannot move " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    /** Where commits survive a loss of power, so do the names of the folders that they are in: RocksDB syncs what is below them. */
    private void keepNames() {
        if (settings.durability() != Durability.POWER_LOSS) {
            return;
        }
        try (FileChannel folder = FileChannel.open(root, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            throw new StoreFailure("cannot sync " + root + ": " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StoreFailure(
                        "the directory " + root + " is in use by another Virga: stop it, or use another directory");
            }
            return channel;
        } catch (IOException e) {
            throw new StoreFailure("cannot use the directory " + root + ": " + e, e);
        }
    }

    /** {@code null} where someone else holds the lock, be it in this process. */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
