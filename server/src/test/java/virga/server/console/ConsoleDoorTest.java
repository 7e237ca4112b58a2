package virga.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.server.Virga;
import virga.server.VirgaSettings;

/** The console as a browser reaches it, over the socket of a Virga that runs. */
final class ConsoleDoorTest {
    @Test
    void aBrowserIsShownTheConsoleAndAnAwsClientIsNot(@TempDir Path files) throws Exception {
        try (Virga virga = Virga.start(VirgaSettings.inMemory(files), notice -> {})) {
            HttpResponse<String> root = get(virga, "/", "text/html,application/xhtml+xml");
            assertThat(root.statusCode()).isEqualTo(302);
            assertThat(root.headers().firstValue("Location")).contains("/_virga/console");
            HttpResponse<String> page = get(virga, "/_virga/console", "text/html");
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.body()).contains("<title>Virga</title>");
            assertThat(get(virga, "/_virga/console/api/environments", "*/*").body())
                    .isEqualTo("{\"environments\":[\"default\"]}");
            assertThat(get(virga, "/_virga/console/api/map?minutes=60", "*/*").body())
                    .isEqualTo("{\"nodes\":[],\"edges\":[]}");
            assertThat(get(virga, "/_virga/console/api/map?environment=gone&minutes=60", "*/*")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(get(virga, "/", "*/*").statusCode()).isNotEqualTo(302);
        }
    }

    private static HttpResponse<String> get(Virga virga, String path, String accept)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(virga.endpoint() + path))
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
