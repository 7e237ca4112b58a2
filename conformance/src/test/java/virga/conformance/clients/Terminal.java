package virga.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A developer's terminal: a folder of its own, and variables that lead every AWS tool to an environment of its own. */
final class Terminal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LOOKS = 200;
    private static final int MOST_MINUTES = 12;

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private final Runnable end;
    private int commands;

    /** @param end gives the environment back */
    Terminal(String endpoint, String accessKeyId, String secretAccessKey, Runnable end) {
        this.end = end;
        try {
            folder = Files.createTempDirectory("virga-clients-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        variables.put("AWS_ENDPOINT_URL", endpoint);
        variables.put("AWS_ACCESS_KEY_ID", accessKeyId);
        variables.put("AWS_SECRET_ACCESS_KEY", secretAccessKey);
        variables.put("AWS_REGION", "eu-central-1");
        variables.put("AWS_DEFAULT_REGION", "eu-central-1");
        // What the person who runs this has set up for AWS stays out of it.
        variables.put("AWS_CONFIG_FILE", folder.resolve(".aws/config").toString());
        variables.put(
                "AWS_SHARED_CREDENTIALS_FILE",
                folder.resolve(".aws/credentials").toString());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_PAGER", "");
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        variables.put("CHECKPOINT_DISABLE", "1"); // Terraform's own call home.
    }

    Path folder() {
        return folder;
    }

    String endpoint() {
        return variables.get("AWS_ENDPOINT_URL");
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** Copies what stands below {@code name} beside this class into the folder. */
    void bring(String name) {
        URL place = Objects.requireNonNull(Terminal.class.getResource(name), name);
        try (Stream<Path> files = Files.walk(Path.of(place.toURI()))) {
            Path source = Path.of(place.toURI());
            for (Path file : files.sorted().toList()) {
                Path target = folder.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Packs what stands in {@code from}, a folder here, as a function's package. */
    void zip(String from, String to) {
        try (Stream<Path> files = Files.walk(folder.resolve(from));
                ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(folder.resolve(to)))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry =
                        new ZipEntry(folder.resolve(from).relativize(file).toString());
                entry.setTime(0); // The same content is the same package.
                archive.putNextEntry(entry);
                Files.copy(file, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets JavaScript in the folder find the packages. */
    void bringPackages() {
        try {
            Files.createSymbolicLink(folder.resolve("node_modules"), Client.NPM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    Result run(String... command) {
        return run(List.of(command));
    }

    Result run(List<String> command) {
        int number = ++commands;
        Path output = folder.resolve(".output-" + number);
        Path errors = folder.resolve(".errors-" + number);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
            return new Result(command, process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks until the answer is as it should become; each ask is a process, which is all the waiting there is. */
    <T> T eventually(Supplier<T> ask, Predicate<T> until) {
        T latest = ask.get();
        for (int look = 1; look < MOST_LOOKS && !until.test(latest); look++) {
            latest = ask.get();
        }
        assertThat(until.test(latest)).as("still: " + latest).isTrue();
        return latest;
    }

    /** An address at the cloud. */
    URI at(String path) {
        return URI.create(endpoint() + path);
    }

    record Result(List<String> command, int exit, String output, String errors) {
        /** Expects it to have ended well. */
        Result ok() {
            return ended(0);
        }

        Result ended(int expected) {
            assertThat(exit)
                    .as(String.join(" ", command) + "\n" + errors + "\n" + output)
                    .isEqualTo(expected);
            return this;
        }

        /** What it printed, without the end of the line. */
        String text() {
            return output.strip();
        }

        List<String> lines() {
            return new ArrayList<>(output.strip().lines().map(String::strip).toList());
        }

        JsonNode json() {
            try {
                return JSON.readTree(output);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + output, e);
            }
        }
    }

    @Override
    public void close() {
        end.run();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
