package virga.engine.runtimes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The AWS SDKs that functions expect to be there, as on AWS: {@code @aws-sdk} clients for Node.js, boto3 for Python. They are installed
 * once, into a folder of Virga's, when a function first needs them and the machine does not have them. Without them functions that
 * bring their own still run; so a failure to install is a warning, given once.
 */
public final class RuntimeLibraries {
    private static final List<String> NODE_PACKAGES = List.of(
            "@aws-sdk/client-cloudwatch-logs",
            "@aws-sdk/client-dynamodb",
            "@aws-sdk/client-eventbridge",
            "@aws-sdk/client-lambda",
            "@aws-sdk/client-s3",
            "@aws-sdk/client-secrets-manager",
            "@aws-sdk/client-sfn",
            "@aws-sdk/client-sns",
            "@aws-sdk/client-sqs",
            "@aws-sdk/client-ssm",
            "@aws-sdk/client-sts",
            "@aws-sdk/lib-dynamodb",
            "@aws-sdk/util-dynamodb");
    private static final long LARGEST_SOURCE_BYTES = 8 << 20;

    private final Path folder;
    private final boolean installs;
    private final Consumer<String> notices;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Family> failed = ConcurrentHashMap.newKeySet();
    private final Set<Path> looked = ConcurrentHashMap.newKeySet();

    /**
     * @param folder where libraries are installed, one folder a family
     * @param installs whether to install at all; where not, what is in the folder already is used
     * @param notices told before and after an installation, and why one failed
     */
    public RuntimeLibraries(Path folder, boolean installs, Consumer<String> notices) {
        this.folder = folder;
        this.installs = installs;
        this.notices = notices;
    }

    public Path folder() {
        return folder;
    }

    /** Makes sure that what the code in {@code task} needs is there, as far as possible. Slow the first time. */
    public void provide(Runtimes.Chosen chosen, Path task) {
        if (!installs || looked.contains(task)) {
            return;
        }
        switch (chosen.name().family()) {
            case NODEJS -> {
                if (!Files.isDirectory(task.resolve("node_modules/@aws-sdk"))
                        && mentions(task, "@aws-sdk/", ".js", ".mjs", ".cjs")) {
                    installOnce(Family.NODEJS, folder.resolve("nodejs"), () -> installNode(folder.resolve("nodejs")));
                }
            }
            case PYTHON -> {
                if (!chosen.interpreter().orElseThrow().hasAwsLibrary()
                        && !Files.isDirectory(task.resolve("boto3"))
                        && mentions(task, "boto", ".py")) {
                    Path python = chosen.interpreter().orElseThrow().executable();
                    installOnce(
                            Family.PYTHON,
                            folder.resolve("python"),
                            () -> installPython(python, folder.resolve("python")));
                }
            }
            case JAVA, PROVIDED -> {
                // Their packages bring all they need, on AWS too.
            }
        }
        // Only now: who needs the same code meanwhile waits for the installation, too.
        looked.add(task);
    }

    private interface Installation {
        /** Why it failed, or empty. */
        Optional<String> run();
    }

    private void installOnce(Family family, Path target, Installation installation) {
        lock.lock();
        try {
            Path complete = target.resolve(".complete");
            if (Files.exists(complete) || failed.contains(family)) {
                return;
            }
            String what = family == Family.NODEJS ? "@aws-sdk clients with npm" : "boto3 with pip";
            notices.accept("installing " + what + " for " + family.prefix() + " functions, once, into " + target);
            Files.createDirectories(target);
            Optional<String> failure = installation.run();
            if (failure.isPresent()) {
                failed.add(family);
                notices.accept("could not install " + what + ": " + family.prefix()
                        + " functions must bring the AWS SDK in their package. " + failure.get());
            } else {
                Files.createFile(complete);
                notices.accept("installed " + what);
            }
        } catch (IOException e) {
            failed.add(family);
            notices.accept("could not install libraries into " + target + ": " + e);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<String> installNode(Path target) {
        List<String> command = new ArrayList<>(List.of("npm", "install", "--prefix", target.toString()));
        command.addAll(List.of("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"));
        command.addAll(NODE_PACKAGES);
        return Shell.failure(command);
    }

    private static Optional<String> installPython(Path python, Path target) {
        return Shell.failure(
                List.of(python.toString(), "-m", "pip", "install", "--quiet", "--target", target.toString(), "boto3"));
    }

    /** Whether the user's own sources, not their dependencies, hold {@code word}. */
    private static boolean mentions(Path task, String word, String... endings) {
        try (Stream<Path> files = Files.walk(task)) {
            return files.filter(file -> !file.toString().contains("/node_modules/"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .anyMatch(file -> holds(file, word));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static boolean holds(Path file, String word) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= LARGEST_SOURCE_BYTES
                    && new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains(word);
        } catch (IOException e) {
            return false;
        }
    }
}
