package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class HouseRulesTest {
    private static final Map<String, String> CAUGHT = Map.of(
            "time", "Instant now = Instant.now();",
            "chance", "String id = UUID.randomUUID().toString();",
            "sleep", "Thread.sleep(10);",
            "executors", "var pool = Executors.newCachedThreadPool();",
            "catch-all", "} catch (Exception e) {",
            "processes", "new ProcessBuilder(command).start();",
            "sql", "import java.sql.Connection;",
            "printing", "System.out.println(x);",
            "names", "final class QueueManager {",
            "mocks", "import org.mockito.Mockito;");

    @TestFactory
    List<DynamicTest> theProjectKeepsEveryRule() {
        Map<String, String> files = Project.javaFiles();
        return HouseRules.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    Exceptions exceptions = Exceptions.ofProject();
                    List<String> breaches = new ArrayList<>();
                    files.forEach((path, content) -> {
                        List<String> found = rule.breaches(path, content);
                        if (!found.isEmpty() && !exceptions.allows(rule.name(), path)) {
                            breaches.addAll(found);
                        }
                    });
                    assertThat(breaches).isEmpty();
                    assertThat(exceptions.unused(List.of(rule.name())))
                            .as("exceptions that nothing needs any more: delete them")
                            .isEmpty();
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyRuleCatchesWhatItBans() {
        return HouseRules.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    String path = "cloud/src/main/java/virga/cloud/Example.java";
                    assertThat(rule.breaches(path, CAUGHT.get(rule.name()))).hasSize(1);
                    assertThat(rule.breaches(path, "int good = 1;")).isEmpty();
                    assertThat(rule.breaches(path, "// " + CAUGHT.get(rule.name())))
                            .isEmpty();
                }))
                .toList();
    }

    @Test
    void anExceptionWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> new Exceptions("time | a/B.java | ")).hasMessageContaining("a reason");
    }
}
