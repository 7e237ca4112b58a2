package virga.server.socket;

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

    /** @throws IOException where the client goes away, or the body can not be read to its end */
    static void send(HttpServerRequest request, HttpResponse answer) throws IOException {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach((name, value) -> response.headers().add(name, value));
        ByteStream body = answer.body();
        boolean lengthSaid = response.headers().contains("Content-Length");
        if (request.method().equals(HttpMethod.HEAD) || answer.status() == 204 || answer.status() == 304) {
            if (!lengthSaid && body.length() > 0 && request.method().equals(HttpMethod.HEAD)) {
                response.putHeader("Content-Length", Long.toString(body.length()));
            }
            await(response.end());
            return;
        }
        if (body.length() >= 0 && body.length() <= PIECE) {
            await(response.end(Buffer.buffer(body.readAll().unsafeArray())));
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
