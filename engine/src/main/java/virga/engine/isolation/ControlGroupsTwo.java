package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Version 2: one tree of groups for everything. */
final class ControlGroupsTwo implements ControlGroup.Hierarchy {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final int WEIGHT_PER_PROCESSOR = 100;
    private static final int HEAVIEST = 10_000;

    private final Path own;

    /** @throws IOException where the kernel does not have them or the user may not make groups */
    ControlGroupsTwo() throws IOException {
        Path controllers = MOUNT.resolve("cgroup.controllers");
        if (!Files.exists(controllers)) {
            throw new IOException("no unified control group tree at " + MOUNT);
        }
        List<String> available = List.of(Files.readString(controllers).strip().split(" "));
        if (!available.containsAll(List.of("memory", "cpu"))) {
            throw new IOException("the unified control group tree has only " + available);
        }
        Files.writeString(MOUNT.resolve("cgroup.subtree_control"), "+memory +cpu");
        own = GroupFolders.own(MOUNT);
        ControlGroup.write(
                own.resolve("cpu.weight"),
                Integer.toString(Math.min(HEAVIEST, WEIGHT_PER_PROCESSOR * GroupFolders.peers(""))));
        Files.writeString(own.resolve("cgroup.subtree_control"), "+memory +cpu");
    }

    @Override
    public String words() {
        return "control groups, version 2";
    }

    @Override
    public ControlGroup make(String name) throws IOException {
        return new Group(Files.createDirectory(own.resolve(name)));
    }

    private record Group(Path folder) implements ControlGroup {
        @Override
        public void limit(Furnishing furnishing) throws IOException {
            long bytes = (long) (furnishing.memoryMegabytes() + furnishing.temporaryMegabytes()) << 20;
            Files.writeString(folder.resolve("memory.max"), Long.toString(bytes));
        }

        @Override
        public void weigh(int milliProcessors) {
            int weight = Math.clamp(milliProcessors * WEIGHT_PER_PROCESSOR / 1000, 1, HEAVIEST);
            ControlGroup.write(folder.resolve("cpu.weight"), Integer.toString(weight));
        }

        @Override
        public void join(long pid) throws IOException {
            Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
        }

        @Override
        public List<Long> processes() {
            return ControlGroup.processes(folder.resolve("cgroup.procs"));
        }

        @Override
        public void freeze() {
            ControlGroup.write(folder.resolve("cgroup.freeze"), "1");
        }

        @Override
        public void thaw() {
            ControlGroup.write(folder.resolve("cgroup.freeze"), "0");
        }

        @Override
        public int memoryMegabytes() {
            return (int) (ControlGroup.number(folder.resolve("memory.stat"), "anon") >> 20);
        }

        @Override
        public boolean kernelKilled() {
            return ControlGroup.number(folder.resolve("memory.events"), "oom_kill") > 0;
        }

        @Override
        public boolean remove() {
            return GroupFolders.remove(folder);
        }
    }
}
