package virga.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import virga.kernel.ByteStream;
import virga.kernel.system.SystemPorts;
import virga.protocol.Headers;
import virga.server.door.Door;
import virga.server.testing.TestingVirga;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class ListeningSocketTest {
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path spool;

    private ListeningSocket socket;

    @BeforeEach
    void listen() throws IOException {
        socket = ListeningSocket.listen(
                "127.0.0.1", 0, SystemPorts.of(1, Duration.ZERO, bugs::add).threads(), spool, bugs::add);
    }

    @AfterEach
    void close() {
        socket.close();
        client.close();
        assertThat(bugs).isEmpty();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + socket.port() + target));
    }

    private static Door echo() {
        return (request, sourceIp) -> new virga.protocol.HttpResponse(
                200,
                Headers.of("x-method", request.method(), "x-path", request.path(), "x-query", request.query()),
                request.body());
    }

    @Test
    void theTargetArrivesUndecoded() throws Exception {
        socket.open(echo());
        HttpResponse<String> answer =
                client.send(request("/a%2Fb/c%20d?x=%3D&y").GET().build(), BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("x-path")).contains("/a%2Fb/c%20d");
        assertThat(answer.headers().firstValue("x-query")).contains("x=%3D&y");
    }

    @Test
    void aLargeBodyGoesThroughAFileThatIsRemoved() throws Exception {
        byte[] large = new byte[IncomingBody.MOST_IN_MEMORY + 1234];
        large[large.length - 1] = 7;
        socket.open(echo());
        HttpResponse<byte[]> answer =
                client.send(request("/").POST(BodyPublishers.ofByteArray(large)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(large);
        socket.close();
        try (Stream<Path> left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void http2WithoutTlsIsUnderstood() throws Exception {
        socket.open(echo());
        HttpResponse<String> answer = client.send(
                request("/")
                        .version(HttpClient.Version.HTTP_2)
                        .POST(BodyPublishers.ofString("hello"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("hello");
    }

    @Test
    void anAnswerOfUnknownLengthIsStreamed() throws Exception {
        byte[] content = "rain ".repeat(50_000).getBytes();
        socket.open((request, sourceIp) -> new virga.protocol.HttpResponse(200, Headers.NONE, new ByteStream() {
            @Override
            public InputStream open() {
                return new java.io.ByteArrayInputStream(content);
            }

            @Override
            public long length() {
                return -1;
            }
        }));
        HttpResponse<byte[]> answer = client.send(request("/").build(), BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("content-length")).isEmpty();
        assertThat(answer.body()).isEqualTo(content);
    }

    @Test
    void requestsWaitUntilThereIsADoor() throws Exception {
        var waiting = client.sendAsync(request("/early").build(), BodyHandlers.ofString());
        assertThat(waiting).isNotDone();
        socket.open(echo());
        assertThat(waiting.get().headers().firstValue("x-path")).contains("/early");
    }

    @Test
    void whereThePortIsInUseAnotherIsTakenAndSaid() {
        socket.open(echo());
        try (TestingVirga virga = new TestingVirga(socket.port())) {
            assertThat(virga.virga().endpoint()).doesNotEndWith(":" + socket.port());
            assertThat(virga.notices())
                    .anySatisfy(notice ->
                            assertThat(notice).contains("port " + socket.port()).contains("is in use"));
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }
}
