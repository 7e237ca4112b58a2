package virga.reviewer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import virga.kernel.Fault;

/**
 * Cases that are pairs of files: {@code name.json} or {@code name.yaml} and what it must give, {@code name.expected}. With {@code
 * -Dvirga.accept=true} what it gives becomes what is expected; the difference is for review.
 */
final class CasePairs {
    private static final boolean ACCEPT = Boolean.getBoolean("virga.accept");

    private CasePairs() {}

    /** @param run takes the file's name and text; a fault is what it gives then */
    static Stream<DynamicTest> of(String folder, BinaryOperator<String> run) {
        Path directory = Path.of("src/test/resources/virga/reviewer/rules", folder);
        List<Path> all = files(directory);
        List<Path> inputs = all.stream()
                .filter(file -> !file.toString().endsWith(".expected"))
                .toList();
        Stream<DynamicTest> pairs =
                inputs.stream().map(input -> DynamicTest.dynamicTest(name(input), () -> check(input, run)));
        DynamicTest orphans = DynamicTest.dynamicTest(
                "every expectation has its case",
                () -> assertThat(all.stream()
                                .filter(file -> file.toString().endsWith(".expected"))
                                .map(CasePairs::name))
                        .containsExactlyElementsOf(
                                inputs.stream().map(CasePairs::name).toList()));
        return ACCEPT ? pairs : Stream.concat(pairs, Stream.of(orphans));
    }

    private static void check(Path input, BinaryOperator<String> run) throws IOException {
        Path expected = input.resolveSibling(name(input) + ".expected");
        String actual = given(input, run);
        if (ACCEPT) {
            Files.writeString(expected, actual);
        }
        assertThat(expected).exists();
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String given(Path input, BinaryOperator<String> run) throws IOException {
        try {
            return run.apply(input.getFileName().toString(), Files.readString(input));
        } catch (Fault fault) {
            return fault.code() + ": " + fault.getMessage() + "\n";
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
