package virga.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.system.SystemPorts;
import virga.model.cloudformation.StackEvent;
import virga.model.sqs.ListQueuesRequest;
import virga.model.sqs.Sqs;
import virga.observe.Names;
import virga.observe.Resource;
import virga.server.Virga;
import virga.server.VirgaSettings;
import virga.server.deploy.Deployment;
import virga.server.deploy.LocalCalls;

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

    @Test
    void resourcesAreCalledByTheirLogicalIdsAndApisByTheirNames(@TempDir Path files) throws Exception {
        try (Virga virga = Virga.start(VirgaSettings.inMemory(files), notice -> {})) {
            Path template = files.resolve("template.yaml");
            Files.writeString(template, """
                    Resources:
                      Waiting: {Type: AWS::SQS::Queue}
                      Door:
                        Type: AWS::ApiGatewayV2::Api
                        Properties: {Name: the-shop, ProtocolType: HTTP}
                    """);
            LiveEnvironment environment = virga.cloud().environment("default");
            Clock wall = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
            Deployment.Listener unheard = new Deployment.Listener() {
                @Override
                public void note(String line) {}

                @Override
                public void event(StackEvent event) {}
            };
            new Deployment(new LocalCalls(environment, wall), unheard).run(template, "shop", Map.of());
            Names names = virga.names().of("default");
            String queue = environment
                    .call(
                            environment.newCall(
                                    new Scope("default", "000000000000", "us-east-1"),
                                    new Principal.Root("000000000000"),
                                    Cause.root("1-6905f3c0-aaaaaaaaaaaaaaaaaaaaaaaa")),
                            Sqs.LIST_QUEUES,
                            ListQueuesRequest.builder().build())
                    .queueUrls()
                    .getFirst();
            String name = queue.substring(queue.lastIndexOf('/') + 1);
            assertThat(names.find(new Resource("", Resource.Kind.QUEUE, name)))
                    .contains(new Names.Name("Waiting", "shop"));
            // The calls that found it out are no part of what happened.
            assertThat(get(virga, "/_virga/console/api/traces?managing=true", "*/*")
                            .body())
                    .doesNotContain("ListStacks", "GetApis");
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
