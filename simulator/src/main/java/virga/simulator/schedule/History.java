package virga.simulator.schedule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import virga.kernel.Bug;

/** What happened, in order: every choice of the scheduler and every call with its result. All of it is in the digest, the last of it kept. */
public final class History {
    private static final int KEPT = 60;

    private final MessageDigest digest;
    private final ArrayDeque<String> last = new ArrayDeque<>();

    History() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every JDK has SHA-256", e);
        }
    }

    synchronized void add(String line) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.add(line);
    }

    /** The last lines, the newest at the end. */
    public synchronized String tail() {
        return String.join("\n", last);
    }

    /** The digest of the whole; taken once, at the end. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
