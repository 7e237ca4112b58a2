package virga.server.socket;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionException;
import virga.kernel.ByteStream;
import virga.protocol.HttpResponse;

/** Writes answers. A body that is not in memory is streamed, as fast as the client takes it. */
final class OutgoingResponse {
    private static final int PIECE = 64 * 1024;

    private OutgoingResponse() {}

    /**
     * Sends an answer; a small one on its way may outlast this call.
     *
     * @param loop the event loop of the request's connection
     * @param then done when the answer has left, or never will
     * @throws IOException where the client goes away, or the body can not be read to its end; {@code then} is then left to the caller
     */
    static void send(HttpServerRequest request, Context loop, HttpResponse answer, Runnable then) throws IOException {
        ByteStream body = answer.body();
        if (body.length() >= 0 && body.length() <= PIECE && !request.method().equals(HttpMethod.HEAD)) {
            HttpServerResponse response = head(request, answer);
            Buffer whole = Buffer.buffer(
                    bodiless(answer) ? new byte[0] : body.readAll().unsafeArray());
            // Where the connection is at home: this thread has nothing to wait for, and what Netty keeps for each
            // thread is there.
            loop.runOnContext(unused -> {
                if (response.closed()) {
                    then.run(); // The client did not wait.
                } else {
                    response.end(whole).onComplete(sent -> then.run());
                }
            });
            return;
        }
        stream(request, answer, body);
        then.run();
    }

    private static HttpServerResponse head(HttpServerRequest request, HttpResponse answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach((name, value) -> response.headers().add(name, value));
        return response;
    }

    private static boolean bodiless(HttpResponse answer) {
        return answer.status() == 204 || answer.status() == 304;
    }

    private static void stream(HttpServerRequest request, HttpResponse answer, ByteStream body) throws IOException {
        HttpServerResponse response = head(request, answer);
        boolean lengthSaid = response.headers().contains("Content-Length");
        if (request.method().equals(HttpMethod.HEAD) || bodiless(answer)) {
            if (!lengthSaid && body.length() > 0 && request.method().equals(HttpMethod.HEAD)) {
                response.putHeader("Content-Length", Long.toString(body.length()));
            }
            await(response.end());
            return;
        }
        if (body.length() < 0) {
            response.setChunked(true);
        } else if (!lengthSaid) {
            response.putHeader("Content-Length", Long.toString(body.length()));
        }
        try (InputStream in = body.open()) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                await(response.write(Buffer.buffer(read).appendBytes(piece, 0, read)));
            }
        }
        await(response.end());
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("the client is gone", e.getCause());
        }
    }
}
