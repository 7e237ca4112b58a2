package virga.engine.runtimes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import virga.engine.Unrunnable;

/** The executable of a runtime of the user's own. */
public final class Entrypoint {
    private static final int HEAD_BYTES = 256;
    private static final int ELF_HEADER_BYTES = 20;
    private static final int ELF_X86_64 = 62;
    private static final int ELF_AARCH64 = 183;

    private Entrypoint() {}

    /**
     * Why the system will not execute {@code bootstrap}, in the words that Lambda has for it; empty where it will. It is asked beforehand,
     * because the programs that start workers would run a script without an interpreter's name, as Lambda does not.
     *
     * @param seenAs its path within the worker
     * @throws Unrunnable where it is for another architecture than this machine's
     */
    public static Optional<String> refusal(Path bootstrap, Path seenAs) throws Unrunnable {
        byte[] head;
        try (InputStream in = Files.newInputStream(bootstrap)) {
            head = in.readNBytes(HEAD_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + bootstrap, e);
        }
        if (!Files.isExecutable(bootstrap)) {
            return words(seenAs, "permission denied");
        }
        if (head.length >= ELF_HEADER_BYTES && head[0] == 0x7f && head[1] == 'E' && head[2] == 'L' && head[3] == 'F') {
            checkArchitecture(head);
            return Optional.empty();
        }
        if (head.length < 2 || head[0] != '#' || head[1] != '!') {
            return words(seenAs, "exec format error");
        }
        String line = new String(head, 2, head.length - 2, StandardCharsets.UTF_8).split("\n", 2)[0];
        String interpreter = line.strip().split("\\s+", 2)[0];
        // A line end of Windows belongs to the name, as far as the kernel is concerned.
        boolean missing = line.endsWith("\r") || !isThere(interpreter);
        return missing ? words(seenAs, "no such file or directory") : Optional.empty();
    }

    /** Whether it is on the machine, or may be in the package or a layer. */
    private static boolean isThere(String interpreter) {
        return interpreter.startsWith("/var/task/")
                || interpreter.startsWith("/opt/")
                || Files.exists(Path.of(interpreter));
    }

    private static Optional<String> words(Path seenAs, String reason) {
        return Optional.of("fork/exec " + seenAs + ": " + reason);
    }

    private static void checkArchitecture(byte[] head) throws Unrunnable {
        int machine = Byte.toUnsignedInt(head[18]) | Byte.toUnsignedInt(head[19]) << 8;
        String built = machine == ELF_X86_64 ? "x86_64" : machine == ELF_AARCH64 ? "arm64" : "machine type " + machine;
        String here = Runtimes.machineArchitecture();
        if (!built.equals(here)) {
            throw new Unrunnable("bootstrap is an executable for " + built + ", and this machine is " + here
                    + ": build it for " + here);
        }
    }
}
