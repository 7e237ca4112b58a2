package virga.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import virga.cloud.Settings;
import virga.kernel.Credentials;
import virga.observe.Snapshot;
import virga.server.Virga;
import virga.server.VirgaSettings;

/** A Virga in memory, on a port of its own. Each test takes an environment of its own from it. */
public final class TestingVirga implements AutoCloseable {
    private final Path files;
    private final Virga virga;
    private final AtomicInteger environments = new AtomicInteger();
    private final List<String> notices = new CopyOnWriteArrayList<>();

    public TestingVirga() {
        this(0);
    }

    public TestingVirga(int port) {
        try {
            files = Files.createTempDirectory("virga-server-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        virga = Virga.start(VirgaSettings.inMemory(files).withPort(port), notices::add);
    }

    public Virga virga() {
        return virga;
    }

    /** What it said to people while it started. */
    public List<String> notices() {
        return notices;
    }

    /** A new, empty environment; its name. */
    public String environment() {
        return environment(Settings.DEFAULT);
    }

    /** A new, empty environment that is set so; its name. */
    public String environment(Settings settings) {
        String name = "test-" + environments.incrementAndGet();
        virga.cloud().create(name, settings);
        return name;
    }

    /** The root user's key of an environment, as the SDK has it. */
    public AwsCredentials key(String environment) {
        Credentials root = virga.cloud().rootKey(environment);
        return AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey());
    }

    /** A client of the SDK in this process. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, AwsCredentials key) {
        return builder.httpClient(new InProcessHttpClient(virga.door()))
                .endpointOverride(URI.create(virga.endpoint()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .build();
    }

    /** Reads what was recorded in an environment. */
    public <T> T records(String environment, java.util.function.Function<Snapshot, T> body) {
        return virga.records().of(environment).orElseThrow().read(body::apply);
    }

    @Override
    public void close() {
        virga.close();
        try (Stream<Path> all = Files.walk(files)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
