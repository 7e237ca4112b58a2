package virga.engine.libraries;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import virga.engine.packages.PackageStore;

/**
 * A folder that several clouds of a user add packages to while functions run from it. What is there never changes: an addition is
 * made in a copy, which becomes {@code current}, a link, when it is whole. A worker that has begun to load goes on in the folder that
 * the link named then, because modules find each other by real paths.
 *
 * <p>A Virga that is killed leaves a copy that nothing names, and the kernel gives its lock back.
 */
final class InstalledFolder {
    /** One a folder: locks on files hold between processes only. */
    private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private static final String COMPLETE = "complete-";
    private static final String INCOMPLETE = "incomplete-";
    /** Workers may still load from those before the current one. */
    private static final int KEPT = 3;

    private final Path root;

    InstalledFolder(Path root) {
        this.root = root;
    }

    /** What adds packages to the folder it is given. */
    interface Addition {
        /** Why it failed, or empty. */
        Optional<String> to(Path folder);
    }

    /** A link to what is installed; dangling where nothing is. */
    Path current() {
        return root.resolve("current");
    }

    /** Makes an addition, after all that others are making, unless {@code needless} by then; why it failed, or empty. */
    Optional<String> add(BooleanSupplier needless, Addition addition) throws IOException {
        Files.createDirectories(root);
        ReentrantLock inThisProcess = IN_THIS_PROCESS.computeIfAbsent(root.toRealPath(), unused -> new ReentrantLock());
        inThisProcess.lock();
        try (FileChannel file =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            if (needless.getAsBoolean()) {
                return Optional.empty();
            }
            return addAlone(addition);
        } finally {
            inThisProcess.unlock();
        }
    }

    private Optional<String> addAlone(Addition addition) throws IOException {
        for (Path leftOver : folders(INCOMPLETE)) {
            PackageStore.delete(leftOver);
        }
        Path fresh = Files.createTempDirectory(root, INCOMPLETE);
        try {
            if (Files.isDirectory(current())) {
                copy(current().toRealPath(), fresh);
            }
            Optional<String> failure = addition.to(fresh);
            if (failure.isEmpty()) {
                makeCurrent(fresh);
            }
            return failure;
        } finally {
            PackageStore.delete(fresh);
        }
    }

    private void makeCurrent(Path fresh) throws IOException {
        List<Path> before = folders(COMPLETE);
        int number = before.isEmpty() ? 1 : numberOf(before.getLast()) + 1;
        Path complete = Files.move(fresh, root.resolve(COMPLETE + number), StandardCopyOption.ATOMIC_MOVE);
        Path link = root.resolve("next");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, complete.getFileName());
        Files.move(link, current(), StandardCopyOption.ATOMIC_MOVE);
        for (Path old : before.subList(0, Math.max(0, before.size() + 1 - KEPT))) {
            PackageStore.delete(old);
        }
    }

    /** The folders whose name begins so, in the order of their numbers where they have one. */
    private List<Path> folders(String beginning) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root, beginning + "*")) {
            found.forEach(folders::add);
        }
        if (beginning.equals(COMPLETE)) {
            folders.sort(Comparator.comparingInt(InstalledFolder::numberOf));
        }
        return folders;
    }

    private static int numberOf(Path complete) {
        return Integer.parseInt(complete.getFileName().toString().substring(COMPLETE.length()));
    }

    /** Links the files of packages, which tools replace; copies those about all packages, which tools write anew where they are. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path relative = from.relativize(source);
                Path target = to.resolve(relative.toString());
                if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else if (relative.getNameCount() > 2 && !Files.isSymbolicLink(source)) {
                    Files.createLink(target, source);
                } else {
                    Files.copy(source, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
