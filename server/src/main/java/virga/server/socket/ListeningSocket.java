package virga.server.socket;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import virga.kernel.Bug;
import virga.kernel.Threads;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/**
 * Listens for HTTP/1.1 and cleartext HTTP/2. It listens from the beginning, so that the port is known to whoever needs it; requests wait
 * until {@link #open} gives it a door.
 */
public final class ListeningSocket implements AutoCloseable {
    /** Presigned URLs and session tokens make long ones. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int EVENT_LOOPS = 2;

    private static final int MOST_SECONDS_TO_END = 3;

    private final Vertx vertx;
    private final HttpServer server;
    private final Threads threads;
    private final Path spool;
    private final Consumer<Throwable> onBug;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Waiting waiting = new Waiting();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Door door;

    private ListeningSocket(Vertx vertx, HttpServer server, Threads threads, Path spool, Consumer<Throwable> onBug) {
        this.vertx = vertx;
        this.server = server;
        this.threads = threads;
        this.spool = spool;
        this.onBug = onBug;
    }

    /**
     * @param port 0 for any that is free
     * @param spool a folder for bodies too large for memory
     * @throws PortTaken where another process listens there
     */
    public static ListeningSocket listen(String host, int port, Threads threads, Path spool, Consumer<Throwable> onBug)
            throws PortTaken {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_LINE)
                .setTcpNoDelay(true));
        ListeningSocket socket = new ListeningSocket(vertx, server, threads, spool, onBug);
        server.requestHandler(socket::receive);
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().join();
            return socket;
        } catch (CompletionException e) {
            vertx.close();
            if (e.getCause() instanceof BindException) {
                throw new PortTaken(host, port, e.getCause());
            }
            throw e;
        }
    }

    /** Another process listens on the port. */
    public static final class PortTaken extends IOException {
        PortTaken(String host, int port, Throwable cause) {
            super("port " + port + " of " + host + " is in use", cause);
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on requests are answered. */
    public void open(Door answering) {
        door = answering;
        opened.countDown();
    }

    /** On an event loop: takes hold of the body before anything of it arrives, and leaves the rest to a thread that may block. */
    private void receive(HttpServerRequest request) {
        Context loop = vertx.getOrCreateContext();
        IncomingBody.take(request, body -> threads.start("request", () -> answer(request, loop, body)));
    }

    private void answer(HttpServerRequest request, Context loop, IncomingBody body) {
        waiting.enter();
        boolean sent = false;
        try (IncomingBody.Collected collected = body.collect(spool)) {
            opened.await();
            HttpResponse response = door.handle(Requests.of(request, collected.stream()), Requests.sourceIp(request));
            waiting.leave();
            OutgoingResponse.send(request, loop, response, waiting.answered());
            sent = true;
        } catch (IOException gone) {
            // The client went away: there is nobody to tell.
            request.connection().close();
        } catch (InterruptedException closing) {
            request.connection().close();
        } catch (RuntimeException bug) {
            onBug.accept(new Bug("request " + request.method() + " " + request.path(), bug));
            request.connection().close();
        } finally {
            if (!sent) {
                waiting.leave();
                waiting.answered().run();
            }
        }
    }

    /**
     * For a door, on the thread of a request: does {@code then} when the answer has left, so that a cloud which is asked to end says so
     * before its socket closes. On any other thread it is done at once.
     */
    public void whenAnswered(Runnable then) {
        waiting.whenAnswered(then);
    }

    /** Takes no more requests, ends those that wait, and sends the answers that are on their way. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        waiting.end();
        server.shutdown(MOST_SECONDS_TO_END, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
