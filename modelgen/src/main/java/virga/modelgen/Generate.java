package virga.modelgen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The generator's entry: {@code Generate MODELS OUTPUT}. Does nothing while models and generator are as they were the last time. */
public final class Generate {
    private static final String STAMP = "generated-from.sha256";

    private Generate() {}

    /**
     * @param arguments the directory of the model files, and the source directory to write
     * @throws ModelMistake where a model or an overlay makes no sense
     */
    public static void main(String[] arguments) throws IOException {
        generate(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void generate(Path models, Path output) throws IOException {
        Path stamp = output.resolve(STAMP);
        String digest = digest(models);
        if (Files.exists(stamp) && Files.readString(stamp).equals(digest)) {
            return;
        }
        for (Path file : modelFiles(models)) {
            ServiceFile service = ServiceFile.read(file);
            write(output.resolve("virga/model").resolve(service.key()), new ServiceWriter(service).files());
        }
        Files.writeString(stamp, digest);
    }

    private static List<Path> modelFiles(Path models) throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith(".overlay.json"))
                    .sorted()
                    .toList();
        }
    }

    /** Leaves files alone that say the same already, and takes away those of shapes that are gone. */
    private static void write(Path directory, Map<String, String> files) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> old = Files.list(directory)) {
            for (Path file : old.toList()) {
                if (!files.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            if (!Files.exists(target) || !Files.readString(target).equals(file.getValue())) {
                Files.writeString(target, file.getValue());
            }
        }
    }

    private static String digest(Path models) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            addFiles(digest, models);
            CodeSource source = Generate.class.getProtectionDomain().getCodeSource();
            addFiles(digest, Path.of(source.getLocation().getPath()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFiles(MessageDigest digest, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(file)) {
                    digest.update(in.readAllBytes());
                }
            }
        }
    }
}
