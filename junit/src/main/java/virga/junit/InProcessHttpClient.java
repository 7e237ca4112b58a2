package virga.junit;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/** Hands the AWS SDK's requests to a door in this process: real marshalling, signing and errors, no socket. */
final class InProcessHttpClient implements SdkHttpClient {
    private final Door door;

    InProcessHttpClient(Door door) {
        this.door = door;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest prepared) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpResponse response = door.handle(
                        SdkTranslation.request(prepared.httpRequest(), body(prepared)), SdkTranslation.SOURCE_IP);
                return HttpExecuteResponse.builder()
                        .response(SdkTranslation.response(response))
                        .responseBody(
                                AbortableInputStream.create(response.body().open()))
                        .build();
            }

            @Override
            public void abort() {
                // An answer is complete when the call returns.
            }
        };
    }

    private static ByteStream body(HttpExecuteRequest prepared) throws IOException {
        ContentStreamProvider content = prepared.contentStreamProvider().orElse(null);
        if (content == null) {
            return ByteStream.of(Bytes.EMPTY);
        }
        try (InputStream in = content.newStream()) {
            return ByteStream.of(Bytes.wrap(in.readAllBytes()));
        }
    }

    @Override
    public String clientName() {
        return "Virga";
    }

    @Override
    public void close() {
        // The door belongs to the cloud.
    }
}
