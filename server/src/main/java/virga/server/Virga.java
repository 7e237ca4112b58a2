package virga.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import virga.cloud.spine.Cloud;
import virga.kernel.Ports;
import virga.reviewer.replay.Crash;
import virga.server.admin.AdminApi;
import virga.server.admin.ConsoleDoor;
import virga.server.admin.DeployedNames;
import virga.server.admin.LocalOnly;
import virga.server.door.Door;
import virga.server.socket.ListeningSocket;
import virga.server.socket.ListeningSocket.PortTaken;

/** A Virga that runs: a cloud, its door, and a socket before it. */
public final class Virga implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final System.Logger LOG = System.getLogger("virga");

    private final ListeningSocket socket;
    private final Composition composition;
    private final DeployedNames names;
    private final Door door;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Virga(ListeningSocket socket, Composition composition) {
        this.socket = socket;
        this.composition = composition;
        this.names = new DeployedNames(composition.cloud());
        Door admin = new LocalOnly(new AdminApi(composition, names, () -> socket.whenAnswered(stopAsked::countDown)));
        Door console = new LocalOnly(
                new ConsoleDoor(composition.cloud(), composition.records().observatory(), names));
        this.door = (request, sourceIp) -> {
            if (ConsoleDoor.isFor(request)) {
                return console.handle(request, sourceIp);
            }
            return AdminApi.isFor(request)
                    ? admin.handle(request, sourceIp)
                    : composition.door().handle(request, sourceIp);
        };
    }

    /**
     * Starts a Virga; it answers when this returns. Where its port is in use, it listens on another.
     *
     * @param notices told in words for people of what takes long, and of what is not as asked
     */
    public static Virga start(VirgaSettings settings, Consumer<String> notices) {
        Consumer<Throwable> onBug = bug -> LOG.log(Level.ERROR, "a bug in Virga", bug);
        Ports machine = Composition.machine(onBug);
        ListeningSocket socket = listen(settings, machine, notices, onBug);
        boolean started = false;
        try {
            Composition composition =
                    new Composition(settings, machine, "http://" + HOST + ":" + socket.port(), notices, onBug);
            Virga virga = new Virga(socket, composition);
            socket.open(virga.door);
            started = true;
            return virga;
        } finally {
            if (!started) {
                socket.close();
            }
        }
    }

    private static ListeningSocket listen(
            VirgaSettings settings, Ports machine, Consumer<String> notices, Consumer<Throwable> onBug) {
        Path spool = settings.files().resolve("spool");
        try {
            return ListeningSocket.listen(HOST, settings.port(), machine.threads(), spool, onBug);
        } catch (PortTaken taken) {
            try {
                ListeningSocket other = ListeningSocket.listen(HOST, 0, machine.threads(), spool, onBug);
                notices.accept(taken.getMessage() + "; listening on port " + other.port() + " instead");
                return other;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** Where clients reach it, without a slash at the end. */
    public String endpoint() {
        return "http://" + HOST + ":" + socket.port();
    }

    /** The same door that the socket leads to, for clients in this process. */
    public Door door() {
        return door;
    }

    public Cloud cloud() {
        return composition.cloud();
    }

    public OpenRecords records() {
        return composition.records();
    }

    /** What the resources of the environments are called. */
    public DeployedNames names() {
        return names;
    }

    /** Ends workers on purpose, as a machine that fails. */
    public Crash crash() {
        return Crash.of(composition.engine());
    }

    /** Waits until a client asks it to stop. */
    public void awaitStop() throws InterruptedException {
        stopAsked.await();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            socket.close();
            composition.close();
            stopAsked.countDown();
        }
    }
}
