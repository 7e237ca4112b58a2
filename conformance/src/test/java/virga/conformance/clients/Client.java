package virga.conformance.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A tool that a machine may lack. */
enum Client {
    AWS_CLI("the aws CLI", List.of("aws", "--version")),
    BOTO3("boto3", List.of("python3", "-c", "import boto3")),
    JAVASCRIPT_SDK("the AWS SDK for JavaScript", List.of("node", "-e", "require.resolve('@aws-sdk/client-s3')")),
    TERRAFORM("Terraform", List.of("terraform", "version"));

    /** Where {@code ./dev clients} put the npm packages. */
    static final Path NPM = Path.of(System.getProperty("virga.conformance.npm", "target/npm"), "node_modules")
            .toAbsolutePath();

    private static final Map<Client, Boolean> HERE = new ConcurrentHashMap<>();

    private final String title;
    private final List<String> look;

    Client(String title, List<String> look) {
        this.title = title;
        this.look = look;
    }

    /** Skips the test, by name, where the tool is not there. */
    void requireHere() {
        assumeTrue(HERE.computeIfAbsent(this, Client::here), title + " is not on this machine");
    }

    /** A folder with Terraform's providers, where they are not to be fetched. */
    static Optional<Path> terraformPlugins() {
        return Optional.of(System.getProperty("virga.conformance.terraform-plugins", ""))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    /** The runtime whose interpreter has boto3: a function of another would have it installed first, over the network. */
    static String pythonRuntime() {
        return said(List.of("python3", "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"))
                .orElseThrow();
    }

    private boolean here() {
        return said(look).isPresent();
    }

    /** What a command printed, if it is there and ended well. */
    private static Optional<String> said(List<String> command) {
        try {
            Path folder = Files.exists(NPM) ? NPM.getParent() : Path.of("").toAbsolutePath();
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
