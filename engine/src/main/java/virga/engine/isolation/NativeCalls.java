package virga.engine.isolation;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import virga.kernel.Bug;

/**
 * The few calls of the operating system that Java has no words for. Starting a tool for each of them would cost milliseconds
 * on the way of every event.
 */
@SuppressWarnings("restricted")
final class NativeCalls {
    static final int SIGKILL = 9;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    static final int CLONE_NEWNS = 0x00020000;
    static final int CLONE_FS = 0x00000200;

    static final long MS_NOSUID = 2;
    static final long MS_NODEV = 4;
    static final long MS_REMOUNT = 32;
    static final long MS_BIND = 4096;
    static final long MS_REC = 16384;
    static final long MS_SLAVE = 1 << 19;

    private static final int MNT_DETACH = 2;
    /** The same on x86-64 and arm64. */
    private static final long MOUNT_SETATTR_NUMBER = 442;

    private static final long MOUNT_ATTRIBUTES_BYTES = 32;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long AT_FDCWD = -100;
    private static final long AT_RECURSIVE = 0x8000;
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle KILL = plain("kill", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle UNSHARE = plain("unshare", ValueLayout.JAVA_INT);
    private static final MethodHandle SETNS = plain("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = plain("close", ValueLayout.JAVA_INT);
    private static final MethodHandle MOUNT = plain(
            "mount",
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.ADDRESS);
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2),
            Linker.Option.captureCallState("errno"));

    private static final MethodHandle UMOUNT = plain("umount2", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle MOUNT_SETATTR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));

    private NativeCalls() {}

    /** A call of the operating system that failed. */
    static final class Failure extends java.io.IOException {
        Failure(String call, int errno) {
            super(call + " failed with errno " + errno);
        }
    }

    /** Sends a signal; a process that has ended meanwhile is no failure. */
    static void kill(long pid, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            int unused = (int) KILL.invokeExact(arena.allocate(STATE), Math.toIntExact(pid), signal);
        } catch (Throwable e) {
            throw new Bug("kill", e);
        }
    }

    /** Gives the calling thread a part of the system of its own: it must be a platform thread that does nothing else. */
    static void unshare(int flags) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check("unshare", state, (int) UNSHARE.invokeExact(state, flags));
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("unshare", e);
        }
    }

    /** Moves the calling thread into the mount namespace behind {@code descriptor}. */
    static void enterMounts(int descriptor) throws Failure {
        // A thread that was started by this one shares its root and working folder; the kernel wants them unshared.
        unshare(CLONE_FS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check("setns", state, (int) SETNS.invokeExact(state, descriptor, CLONE_NEWNS));
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("setns", e);
        }
    }

    /** A descriptor for {@code path} that only names it; it keeps naming it when something is mounted over the path. */
    static int open(Path path, boolean nameOnly) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int flags = O_CLOEXEC | (nameOnly ? O_PATH : 0);
            int descriptor = (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), flags);
            check("open " + path, state, descriptor);
            return descriptor;
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("open", e);
        }
    }

    static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            int unused = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
        } catch (Throwable e) {
            throw new Bug("close", e);
        }
    }

    /** Source: mount(2). */
    static void mount(String source, String target, String type, long flags, String data) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) MOUNT.invokeExact(
                    state,
                    arena.allocateFrom(source),
                    arena.allocateFrom(target),
                    arena.allocateFrom(type),
                    flags,
                    arena.allocateFrom(data));
            check("mount " + target, state, result);
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("mount", e);
        }
    }

    /** Takes a mount away from the calling thread's namespace, as soon as nobody uses it. Source: umount(2). */
    static void unmount(String target) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            check("umount " + target, state, (int) UMOUNT.invokeExact(state, arena.allocateFrom(target), MNT_DETACH));
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("umount", e);
        }
    }

    /** Makes a mount and all below it read-only, in the calling thread's namespace. Source: mount_setattr(2), Linux 5.12. */
    static void makeReadOnly(String target) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment attributes = arena.allocate(MOUNT_ATTRIBUTES_BYTES);
            attributes.set(ValueLayout.JAVA_LONG, 0, MOUNT_ATTR_RDONLY);
            long result = (long) MOUNT_SETATTR.invokeExact(
                    state,
                    MOUNT_SETATTR_NUMBER,
                    AT_FDCWD,
                    arena.allocateFrom(target),
                    AT_RECURSIVE,
                    attributes,
                    MOUNT_ATTRIBUTES_BYTES);
            check("mount_setattr " + target, state, (int) result);
        } catch (Failure e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("mount_setattr", e);
        }
    }

    private static void check(String call, MemorySegment state, int result) throws Failure {
        if (result < 0) {
            throw new Failure(call, (int) ERRNO.get(state, 0L));
        }
    }

    private static MethodHandle plain(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters),
                Linker.Option.captureCallState("errno"));
    }
}
