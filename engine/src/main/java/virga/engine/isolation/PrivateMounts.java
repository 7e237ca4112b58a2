package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.engine.isolation.NativeCalls.Failure;

/**
 * The file system as a worker sees it: the machine's, read-only; the code at /var/task, the layers at /opt, the runtime at
 * /var/runtime, and an empty /tmp of its own size. It is made in a mount namespace by system calls on a thread of its
 * own, which starts no process: Java would start threads of its own with it, and they would stay in that namespace.
 */
final class PrivateMounts {
    static final Path TASK = Path.of("/var/task");
    static final Path LAYERS = Path.of("/opt");
    static final Path RUNTIME = Path.of("/var/runtime");
    static final Path LIBRARIES = RUNTIME.resolve("libraries");
    static final Path TEMPORARY = Path.of("/tmp");

    /** What is laid over by mounts: nothing that a worker needs may be below. */
    private static final List<Path> COVERED = List.of(Path.of("/var"), LAYERS, TEMPORARY);

    private static final Path OWN_NAMESPACE = Path.of("/proc/thread-self/ns/mnt");
    private static final String PACKAGES = "/var/packages";

    private final Launcher launcher;
    private final Path packages;
    private final int base;

    /**
     * Tries whether this process may have private mounts.
     *
     * @param packages the folder under which all unpacked packages are
     * @throws IOException where it may not
     */
    PrivateMounts(Launcher launcher, Path packages) throws IOException {
        this.launcher = launcher;
        this.packages = Files.createDirectories(packages);
        covering(Path.of(System.getProperty("java.home"))).ifPresent(folder -> {
            throw new IllegalArgumentException("Java itself lies under " + folder);
        });
        if (!Files.isDirectory(LAYERS)) {
            throw new IOException("the machine has no " + LAYERS);
        }
        base = launcher.run(() -> {
            NativeCalls.unshare(NativeCalls.CLONE_FS | NativeCalls.CLONE_NEWNS);
            // What is mounted on the machine later is seen here too; what is mounted here stays here.
            NativeCalls.mount("none", "/", "", NativeCalls.MS_REC | NativeCalls.MS_SLAVE, "");
            int descriptor = NativeCalls.open(OWN_NAMESPACE, false);
            NativeCalls.unshare(NativeCalls.CLONE_NEWNS);
            NativeCalls.makeReadOnly("/");
            mountTemporary(1);
            NativeCalls.enterMounts(descriptor);
            return descriptor;
        });
    }

    /** The folder that hides {@code path} from workers, if there is one. */
    static Optional<Path> covering(Path path) {
        return COVERED.stream().filter(path::startsWith).findFirst();
    }

    /** A new namespace with the mounts of {@code furnishing}. */
    Namespace create(Furnishing furnishing) throws IOException {
        return launcher.run(() -> {
            NativeCalls.unshare(NativeCalls.CLONE_NEWNS);
            try {
                make(furnishing);
                return new Namespace(NativeCalls.open(OWN_NAMESPACE, false));
            } finally {
                NativeCalls.enterMounts(base);
            }
        });
    }

    /** A worker's mount namespace, kept by a descriptor: with that and its last process it ends, and its /tmp with it. */
    final class Namespace implements AutoCloseable {
        private final int descriptor;

        Namespace(int descriptor) {
            this.descriptor = descriptor;
        }

        /** A path by which the machine's tools find the namespace. */
        Path path() {
            return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
        }

        /** Puts code and layers in, where there was none before: for a process that waits for them. */
        void furnish(Furnishing furnishing) throws IOException {
            launcher.run(() -> {
                try {
                    NativeCalls.enterMounts(descriptor);
                    bind(reachable(furnishing.task()), TASK);
                    if (furnishing.layers().startsWith(packages)) {
                        bind(reachable(furnishing.layers()), LAYERS);
                        NativeCalls.makeReadOnly(LAYERS.toString());
                    }
                    NativeCalls.makeReadOnly(TASK.toString());
                    NativeCalls.unmount(PACKAGES);
                    NativeCalls.mount(
                            "tmpfs",
                            TEMPORARY.toString(),
                            "tmpfs",
                            NativeCalls.MS_REMOUNT | NativeCalls.MS_NOSUID | NativeCalls.MS_NODEV,
                            "size=" + furnishing.temporaryMegabytes() + "m");
                    return null;
                } finally {
                    NativeCalls.enterMounts(base);
                }
            });
        }

        @Override
        public void close() {
            NativeCalls.close(descriptor);
        }
    }

    private void make(Furnishing furnishing) throws IOException {
        List<Integer> descriptors = new ArrayList<>();
        try {
            // Opened before anything covers them: the machine's /tmp may hold them.
            int task = opened(furnishing.task(), descriptors);
            int layers = opened(furnishing.layers(), descriptors);
            int runtime = opened(furnishing.runtime(), descriptors);
            int libraries = opened(furnishing.libraries(), descriptors);
            int all = opened(packages, descriptors);
            NativeCalls.mount(
                    "tmpfs", "/var", "tmpfs", NativeCalls.MS_NOSUID | NativeCalls.MS_NODEV, "size=1m,mode=755");
            for (Path folder : List.of(TASK, RUNTIME, Path.of(PACKAGES))) {
                Files.createDirectories(folder);
            }
            // Node.js looks here for what /var/task does not have, ES modules too, which ignore NODE_PATH.
            Files.createSymbolicLink(Path.of("/var/node_modules"), LIBRARIES.resolve("nodejs/current/node_modules"));
            bind("/proc/thread-self/fd/" + task, TASK);
            bind("/proc/thread-self/fd/" + runtime, RUNTIME);
            if (Files.isDirectory(LIBRARIES)) {
                bind("/proc/thread-self/fd/" + libraries, LIBRARIES);
            }
            bind("/proc/thread-self/fd/" + layers, LAYERS);
            if (!furnishing.task().startsWith(packages)) {
                bind("/proc/thread-self/fd/" + all, Path.of(PACKAGES));
            }
            NativeCalls.makeReadOnly("/");
            mountTemporary(furnishing.temporaryMegabytes());
        } finally {
            descriptors.forEach(NativeCalls::close);
        }
    }

    /** A package's path within a worker's namespace, before it has its function. */
    private String reachable(Path unpacked) {
        return PACKAGES + "/" + packages.relativize(unpacked);
    }

    private static int opened(Path path, List<Integer> descriptors) throws Failure {
        int descriptor = NativeCalls.open(path, true);
        descriptors.add(descriptor);
        return descriptor;
    }

    private static void bind(String source, Path target) throws Failure {
        NativeCalls.mount(source, target.toString(), "", NativeCalls.MS_BIND, "");
    }

    private static void mountTemporary(int megabytes) throws Failure {
        NativeCalls.mount(
                "tmpfs",
                TEMPORARY.toString(),
                "tmpfs",
                NativeCalls.MS_NOSUID | NativeCalls.MS_NODEV,
                "size=" + megabytes + "m,mode=1777");
    }
}
