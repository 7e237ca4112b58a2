package virga.server.socket;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;

/**
 * The body of a request on its way from an event loop to the thread that answers. A body of more than 8 MB goes to a file; while
 * the file is behind, the client is held back. The thread is not needed before the whole body is there, or too much of it waits.
 */
final class IncomingBody {
    static final int MOST_IN_MEMORY = 8 * 1024 * 1024;
    private static final int MOST_WAITING = 64;

    private final HttpServerRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<Buffer> waiting = new ArrayDeque<>();
    private final Consumer<IncomingBody> reader;
    private boolean begun;
    private boolean ended;
    private boolean paused;
    private Throwable failure;

    private IncomingBody(HttpServerRequest request, Consumer<IncomingBody> reader) {
        this.request = request;
        this.reader = reader;
    }

    /** On the event loop of {@code request}. @param reader starts the thread that {@linkplain #collect collects} the body, and is called once */
    static void take(HttpServerRequest request, Consumer<IncomingBody> reader) {
        IncomingBody body = new IncomingBody(request, reader);
        request.handler(body::arrive);
        request.endHandler(unused -> body.end(null));
        request.exceptionHandler(body::end);
    }

    /** On the event loop. */
    private void begin() {
        if (!begun) {
            begun = true;
            reader.accept(this);
        }
    }

    /** A body, and the file behind it, which is removed with it. */
    record Collected(ByteStream stream, Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Waits for the whole body. @throws IOException where the client goes away before its end */
    Collected collect(Path folder) throws IOException, InterruptedException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        for (Buffer piece = take(); piece != null; piece = take()) {
            memory.writeBytes(piece.getBytes());
            if (memory.size() > MOST_IN_MEMORY) {
                return spool(memory, folder);
            }
        }
        return new Collected(ByteStream.of(Bytes.wrap(memory.toByteArray())), null);
    }

    private Collected spool(ByteArrayOutputStream beginning, Path folder) throws IOException, InterruptedException {
        Path file = Files.createTempFile(Files.createDirectories(folder), "body-", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            beginning.writeTo(out);
            for (Buffer piece = take(); piece != null; piece = take()) {
                out.write(piece.getBytes());
            }
        } catch (IOException | InterruptedException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Collected(new Spooled(file, Files.size(file)), file);
    }

    private record Spooled(Path file, long length) implements ByteStream {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    private void arrive(Buffer piece) {
        boolean full;
        lock.lock();
        try {
            waiting.add(piece);
            if (waiting.size() >= MOST_WAITING && !paused) {
                paused = true;
                request.pause();
            }
            full = paused;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        if (full) {
            begin();
        }
    }

    private void end(Throwable cause) {
        lock.lock();
        try {
            ended = true;
            failure = cause;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        begin();
    }

    /** The next piece, or {@code null} at the end. */
    private Buffer take() throws IOException, InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                arrived.await();
            }
            if (failure != null) {
                throw new IOException("the request broke off", failure);
            }
            Buffer piece = waiting.poll();
            if (paused && waiting.isEmpty()) {
                paused = false;
                request.resume();
            }
            return piece;
        } finally {
            lock.unlock();
        }
    }
}
