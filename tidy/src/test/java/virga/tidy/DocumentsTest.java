package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents name must be there. */
final class DocumentsTest {
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.[a-zA-Z]+)?`");
    /** Words in that form that are not classes of ours: an error code, an example's placeholder. */
    private static final Set<String> NOT_CLASSES = Set.of("VirgaUnsupported", "SendMessageRequest", "Optional");

    @Test
    void everyClassThatArchitectureAndStyleNameExists() {
        Set<String> classes = new TreeSet<>();
        Project.javaFiles()
                .keySet()
                .forEach(path ->
                        classes.add(path.substring(path.lastIndexOf('/') + 1).replace(".java", "")));
        for (String document : List.of("ARCHITECTURE.md", "STYLE.md")) {
            assertThat(missing(Project.read(Project.root().resolve(document)), classes))
                    .as(document)
                    .isEmpty();
        }
    }

    private static List<String> missing(String text, Set<String> classes) {
        List<String> missing = new ArrayList<>();
        Matcher names = CLASS.matcher(text);
        while (names.find()) {
            if (!classes.contains(names.group(1)) && !NOT_CLASSES.contains(names.group(1))) {
                missing.add(names.group(1));
            }
        }
        return missing;
    }

    @Test
    void aNameThatIsNowhereIsFound() {
        assertThat(missing("see `NoSuchThing`", Set.of("Spine"))).containsExactly("NoSuchThing");
        assertThat(missing("see `Spine` and `Spine.run`", Set.of("Spine"))).isEmpty();
    }
}
