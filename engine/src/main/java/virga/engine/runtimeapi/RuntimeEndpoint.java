package virga.engine.runtimeapi;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import virga.engine.runtimeapi.RuntimeCalls.Reply;
import virga.kernel.Threads;

/** The Runtime API of one worker, on a loopback port of its own. Closing it breaks every connection, at which runtimes exit. */
public final class RuntimeEndpoint implements AutoCloseable {
    /** Source: "Lambda quotas", AWS Lambda Developer Guide: 6 MB; the exact figure is the one in Lambda's error message. */
    public static final int RESPONSE_LIMIT_BYTES = 6_291_556;

    private static final String VERSION = "/2018-06-01/runtime/";
    private static final String INVOCATION = VERSION + "invocation/";

    private final ServerSocket server;
    private final Threads threads;
    private final RuntimeCalls calls;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Listens at once, on a free port of 127.0.0.1. */
    public RuntimeEndpoint(Threads threads, RuntimeCalls calls) throws IOException {
        this.threads = threads;
        this.calls = calls;
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        threads.start("runtime-api-" + port(), this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} is set to. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(RuntimeEndpoint::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.start("runtime-api-" + port() + "-connection", () -> converse(socket));
            } catch (IOException e) {
                closeQuietly(server);
            }
        }
    }

    private void converse(Socket socket) {
        calls.connected();
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 14);
            Optional<HttpRequest> request = HttpRequest.read(in, out, RESPONSE_LIMIT_BYTES);
            while (request.isPresent()) {
                Optional<Reply> reply = answer(request.get());
                if (reply.isEmpty()) {
                    return;
                }
                write(out, reply.get());
                request = request.get().keepsConnection()
                        ? HttpRequest.read(in, out, RESPONSE_LIMIT_BYTES)
                        : Optional.empty();
            }
        } catch (IOException | NumberFormatException e) {
            // The runtime went away or does not speak HTTP. Its process's end, which is watched elsewhere, tells the
            // rest.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private Optional<Reply> answer(HttpRequest request) throws InterruptedException {
        String path = request.path();
        String errorType = request.headers().getOrDefault("lambda-runtime-function-error-type", "");
        if (request.method().equals("GET")) {
            return switch (path) {
                case INVOCATION + "next" -> calls.next();
                case "/virga/identity" -> calls.identity();
                default -> Optional.of(unknown(path));
            };
        }
        if (path.equals(VERSION + "init/error")) {
            return Optional.of(calls.initError(request.body(), errorType));
        }
        if (path.startsWith(INVOCATION)) {
            calls.outside(request.headers().getOrDefault("virga-outside", ""));
            String rest = path.substring(INVOCATION.length());
            int slash = rest.indexOf('/');
            String requestId = slash < 0 ? rest : rest.substring(0, slash);
            switch (slash < 0 ? "" : rest.substring(slash + 1)) {
                case "response" -> {
                    return Optional.of(calls.response(requestId, request.body(), request.bodyTooLong()));
                }
                case "error" -> {
                    return Optional.of(calls.error(requestId, request.body(), errorType));
                }
                default -> {
                    return Optional.of(unknown(path));
                }
            }
        }
        return Optional.of(unknown(path));
    }

    private static Reply unknown(String path) {
        String supported =
                path.contains("/extension/") || path.contains("/telemetry") ? "VirgaUnsupported" : "NotFound";
        return Reply.refused(supported.equals("NotFound") ? 404 : 501, supported, "no such Runtime API path");
    }

    private static void write(OutputStream out, Reply reply) throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reply.status() < 300 ? "OK" : "Refused");
        head.append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(reply.body().length())
                .append("\r\n");
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.write(reply.body().unsafeArray());
        out.flush();
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Nothing is lost: a socket that can not be closed is closed already.
            return;
        }
    }
}
