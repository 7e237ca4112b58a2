package virga.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/** Hands the AWS SDK's requests to a door in this process: real marshalling, signing and errors, no socket. */
public final class InProcessHttpClient implements SdkHttpClient {
    private final Door door;

    public InProcessHttpClient(Door door) {
        this.door = door;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest prepared) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answer(door.handle(request(prepared), "127.0.0.1"));
            }

            @Override
            public void abort() {
                // An answer is complete when the call returns.
            }
        };
    }

    private static HttpRequest request(HttpExecuteRequest prepared) {
        SdkHttpRequest request = prepared.httpRequest();
        Headers.Builder headers = Headers.builder();
        request.forEachHeader((name, values) -> values.forEach(value -> headers.add(name, value)));
        String target = request.encodedPath()
                + request.encodedQueryParameters().map(query -> "?" + query).orElse("");
        return HttpRequest.of(request.method().name(), target, headers.build(), ByteStream.of(body(prepared)));
    }

    private static Bytes body(HttpExecuteRequest prepared) {
        if (prepared.contentStreamProvider().isEmpty()) {
            return Bytes.EMPTY;
        }
        try (InputStream in = prepared.contentStreamProvider().get().newStream()) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpExecuteResponse answer(HttpResponse response) {
        SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(response.status());
        response.headers().forEach(answer::appendHeader);
        return HttpExecuteResponse.builder()
                .response(answer.build())
                .responseBody(
                        AbortableInputStream.create(response.body().readAll().asInputStream()))
                .build();
    }

    @Override
    public void close() {
        // The door belongs to whoever made it.
    }
}
