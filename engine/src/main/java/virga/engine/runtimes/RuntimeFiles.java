package virga.engine.runtimes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import virga.engine.packages.PackageStore;
import virga.kernel.Bug;

/** The runtimes' files that Virga brings, on disk under a name made of their content, so that versions of Virga do not mix. */
public final class RuntimeFiles {
    private static final String RESOURCES = "/virga/engine/runtime/";
    private static final List<String> FILES = List.of(
            "nodejs/bootstrap.cjs",
            "nodejs/client.cjs",
            "nodejs/console.cjs",
            "nodejs/errors.cjs",
            "nodejs/loader.cjs",
            "nodejs/resolve.cjs",
            "nodejs/resolve.mjs",
            "nodejs/streaming.cjs",
            "python/bootstrap.py",
            "java/aws-lambda-java-core.jar",
            "java/aws-lambda-java-runtime-interface-client.jar",
            "java/aws-lambda-java-serialization.jar",
            "java/utils-lite.jar",
            "java/annotations.jar");

    private RuntimeFiles() {}

    /** The folder with one sub-folder a family, made under {@code parent} where it is not there yet. */
    public static Path unpackedUnder(Path parent) {
        try {
            Map<String, byte[]> files = new TreeMap<>();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : FILES) {
                byte[] content = content(name);
                files.put(name, content);
                digest.update(content);
            }
            Path target = parent.toAbsolutePath().resolve(HexFormat.of().formatHex(digest.digest(), 0, 8));
            if (!Files.isDirectory(target)) {
                write(files, parent, target);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("writing the runtimes' files under " + parent, e);
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java has SHA-256", e);
        }
    }

    private static void write(Map<String, byte[]> files, Path parent, Path target) throws IOException {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "incomplete-");
        // Where mounts are private, the installed libraries are laid over this empty folder.
        Files.createDirectories(fresh.resolve("libraries"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = fresh.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        writeLauncher(fresh.resolve("java"));
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another Virga on this directory was faster, and what it wrote has the same content by its name.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        } finally {
            PackageStore.delete(fresh);
        }
    }

    /**
     * A jar that only names the others. Options in its manifest do what the same ones on a command line do, but leave Java's own class
     * archive of its modules in use.
     */
    private static void writeLauncher(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                FILES.stream()
                        .filter(name -> name.endsWith(".jar"))
                        .map(name -> name.substring("java/".length()))
                        .collect(Collectors.joining(" ")));
        attributes.putValue("Add-Opens", "java.base/java.io");
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        new JarOutputStream(Files.newOutputStream(folder.resolve("launcher.jar")), manifest).close();
    }

    private static byte[] content(String name) throws IOException {
        try (InputStream in = RuntimeFiles.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new Bug("a runtime file is missing from the build: " + name);
            }
            return in.readAllBytes();
        }
    }
}
