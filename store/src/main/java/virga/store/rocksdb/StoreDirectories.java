package virga.store.rocksdb;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories of stores under one root: how they are named, found and removed. */
final class StoreDirectories {
    private StoreDirectories() {}

    /** A name as a file name: letters, digits, {@code - _} and inner dots as they are, all else as {@code %} and two hex digits a byte. */
    static String fileName(String name) {
        StringBuilder file = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_';
            if (plain || b == '.' && !file.isEmpty()) {
                file.append((char) b);
            } else {
                file.append('%').append("%02X".formatted(b & 0xFF));
            }
        }
        return file.toString();
    }

    /** The names of the stores under {@code root}, in order. */
    static List<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".") && holdsStore(file))
                    .map(file -> URLDecoder.decode(file.getFileName().toString(), StandardCharsets.UTF_8))
                    .sorted()
                    .toList();
        }
    }

    /** Every RocksDB database has a file of this name. */
    static boolean holdsStore(Path directory) {
        return Files.isRegularFile(directory.resolve("CURRENT"));
    }

    /** Removes what begins with a dot and is not among {@code kept}: what an earlier process did not finish. */
    static void sweep(Path root, List<String> kept) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(root)) {
            left = files.filter(file -> file.getFileName().toString().startsWith("."))
                    .filter(file -> !kept.contains(file.getFileName().toString()))
                    .toList();
        }
        for (Path file : left) {
            remove(file);
        }
    }

    static void remove(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
