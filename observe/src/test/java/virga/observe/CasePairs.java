package virga.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Cases that are pairs of files: {@code name.json} and what it must give, {@code name.expected}. With {@code -Dvirga.accept=true}
 * what it gives becomes what is expected; the difference is for review.
 */
public final class CasePairs {
    private static final boolean ACCEPT = Boolean.getBoolean("virga.accept");

    private CasePairs() {}

    /** One test for each pair in {@code src/test/resources/cases/<folder>}, and one that no expectation is orphaned. */
    public static Stream<DynamicTest> of(String folder, UnaryOperator<String> run) {
        Path directory = Path.of("src/test/resources/cases", folder);
        List<Path> inputs = files(directory, ".json");
        Stream<DynamicTest> pairs = inputs.stream()
                .map(input ->
                        DynamicTest.dynamicTest(name(input), () -> check(input, run.apply(Files.readString(input)))));
        DynamicTest orphans = DynamicTest.dynamicTest(
                "every expectation has its case",
                () -> assertThat(files(directory, ".expected").stream().map(CasePairs::name))
                        .containsExactlyElementsOf(
                                inputs.stream().map(CasePairs::name).toList()));
        return ACCEPT ? pairs : Stream.concat(pairs, Stream.of(orphans));
    }

    private static void check(Path input, String actual) throws IOException {
        Path expected = input.resolveSibling(name(input) + ".expected");
        if (ACCEPT) {
            Files.writeString(expected, actual);
        }
        assertThat(expected).exists();
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }

    private static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
