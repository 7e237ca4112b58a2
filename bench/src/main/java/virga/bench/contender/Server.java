package virga.bench.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.core.exception.SdkException;
import virga.kernel.Clock;

/** A contender that runs. */
public final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final Contender contender;
    private final int port;
    private final Subprocess process;
    private final Clock clock;

    Server(Contender contender, int port, Subprocess process, Clock clock) {
        this.contender = contender;
        this.port = port;
        this.process = process;
        this.clock = clock;
    }

    public Contender contender() {
        return contender;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns once {@code call} was answered. @throws IOException where the server ends first, or takes too long */
    public void awaitAnswer(Runnable call) throws IOException, InterruptedException {
        Instant latest = clock.now().plus(PATIENCE);
        while (!listens() || !answers(call)) {
            if (!process.isAlive() || clock.now().isAfter(latest)) {
                throw new IOException(contender.name() + " did not answer:\n" + process.lastWords());
            }
            clock.sleep(BETWEEN_LOOKS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean answers(Runnable call) {
        try {
            call.run();
            return true;
        } catch (SdkException notYet) {
            return false;
        }
    }

    public long processorNanos() {
        return process.processorNanos();
    }

    public long residentBytes() throws IOException, InterruptedException {
        return process.residentBytes();
    }

    public long residentBytesOfChildren() throws IOException, InterruptedException {
        return process.residentBytesOfChildren();
    }

    @Override
    public void close() {
        process.close();
    }
}
