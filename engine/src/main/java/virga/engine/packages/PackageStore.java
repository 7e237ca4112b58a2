package virga.engine.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import virga.engine.Unrunnable;
import virga.kernel.Bytes;
import virga.kernel.function.FunctionVersion.Code;

/**
 * Unpacked packages by hash. A directory appears under its final name only when it is complete, so a crash leaves nothing half
 * done behind a name that is used.
 */
public final class PackageStore {
    /** Function and layers together, unzipped. Source: "Lambda quotas", AWS Lambda Developer Guide. */
    public static final long UNZIPPED_LIMIT_BYTES = 262_144_000;

    private final Path root;
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final AtomicLong attempts = new AtomicLong();

    /** @param root a directory of this store's own; it is created where it is missing */
    public PackageStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The directory with {@code code} unpacked. @throws Unrunnable where the archive is broken, unsafe or too large */
    public Path unpacked(Code code) throws Unrunnable {
        return once(Bytes.ofBase64(code.sha256()).hex(), fresh -> extract(code, fresh));
    }

    /** One directory with the layers laid over each other, later ones last, as Lambda lays them under {@code /opt}. */
    public Path merged(List<Code> layers) throws Unrunnable {
        if (layers.size() == 1) {
            return unpacked(layers.getFirst());
        }
        String name = layers.stream()
                .map(layer -> Bytes.ofBase64(layer.sha256()).hex().substring(0, 24))
                .collect(Collectors.joining("-", "layers-", ""));
        return once(name, fresh -> {
            Files.createDirectories(fresh);
            for (Code layer : layers) {
                overlay(unpacked(layer), fresh);
            }
        });
    }

    private interface Filling {
        void fill(Path fresh) throws IOException, Unrunnable;
    }

    private Path once(String name, Filling filling) throws Unrunnable {
        Path target = root.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        ReentrantLock lock = locks.computeIfAbsent(name, unused -> new ReentrantLock());
        lock.lock();
        try {
            if (!Files.isDirectory(target)) {
                Path fresh =
                        root.resolve("incomplete-" + ProcessHandle.current().pid() + "-" + attempts.incrementAndGet());
                try {
                    filling.fill(fresh);
                    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    delete(fresh);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("unpacking into " + target, e);
        } finally {
            lock.unlock();
        }
    }

    private void extract(Code code, Path fresh) throws IOException, Unrunnable {
        Files.createDirectories(fresh);
        Path archive = root.resolve(fresh.getFileName() + ".zip");
        try (InputStream in = code.zip().open()) {
            Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
            Unzip.into(fresh, archive, UNZIPPED_LIMIT_BYTES);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private static void overlay(Path from, Path onto) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path target = onto.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(
                            source,
                            target,
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            java.nio.file.LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Removes a directory and what is in it; nothing happens where there is none. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
