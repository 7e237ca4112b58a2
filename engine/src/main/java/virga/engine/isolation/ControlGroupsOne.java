package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Version 1: one tree of groups for memory and one for processors. Its freezer is not used: what is frozen there does not die when it
 * is killed, and so would outlive a Virga that was killed; a stopped process dies.
 */
final class ControlGroupsOne implements ControlGroup.Hierarchy {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final int SHARES_PER_PROCESSOR = 1024;

    private final Path memory;
    private final Path processor;

    /** @throws IOException where the kernel does not have them or the user may not make groups */
    ControlGroupsOne() throws IOException {
        for (String controller : List.of("memory", "cpu")) {
            if (!Files.exists(MOUNT.resolve(controller + "/cgroup.procs"))) {
                throw new IOException("no control group tree for " + controller);
            }
        }
        memory = GroupFolders.own(MOUNT.resolve("memory"));
        processor = GroupFolders.own(MOUNT.resolve("cpu"));
        ControlGroup.write(
                processor.resolve("cpu.shares"), Integer.toString(SHARES_PER_PROCESSOR * GroupFolders.peers("cpu")));
    }

    @Override
    public String words() {
        return "control groups, version 1";
    }

    @Override
    public ControlGroup make(String name) throws IOException {
        Files.createDirectory(memory.resolve(name));
        Files.createDirectory(processor.resolve(name));
        return new Group(memory.resolve(name), processor.resolve(name));
    }

    private record Group(Path memory, Path processor) implements ControlGroup {
        @Override
        public void limit(Furnishing furnishing) throws IOException {
            long megabytes = furnishing.memoryMegabytes() + furnishing.temporaryMegabytes();
            Files.writeString(memory.resolve("memory.limit_in_bytes"), megabytes + "m");
        }

        @Override
        public void weigh(int milliProcessors) {
            int shares = Math.max(2, milliProcessors * SHARES_PER_PROCESSOR / 1000);
            ControlGroup.write(processor.resolve("cpu.shares"), Integer.toString(shares));
        }

        @Override
        public void join(long pid) throws IOException {
            for (Path folder : List.of(memory, processor)) {
                Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
            }
        }

        @Override
        public List<Long> processes() {
            return ControlGroup.processes(memory.resolve("cgroup.procs"));
        }

        @Override
        public void freeze() {
            processes().forEach(pid -> NativeCalls.kill(pid, NativeCalls.SIGSTOP));
        }

        @Override
        public void thaw() {
            processes().forEach(pid -> NativeCalls.kill(pid, NativeCalls.SIGCONT));
        }

        @Override
        public int memoryMegabytes() {
            return (int) (ControlGroup.number(memory.resolve("memory.stat"), "total_rss") >> 20);
        }

        @Override
        public boolean kernelKilled() {
            return ControlGroup.number(memory.resolve("memory.oom_control"), "oom_kill") > 0;
        }

        @Override
        public boolean remove() {
            return GroupFolders.remove(memory) & GroupFolders.remove(processor);
        }
    }
}
