package virga.tidy;

import java.util.List;
import java.util.regex.Pattern;

/** The rules that a source file can break by itself. STYLE.md says why each is there. */
final class HouseRules {
    private HouseRules() {}

    private static boolean main(String path) {
        return path.contains("src/main/java/");
    }

    private static boolean java(String path) {
        return path.endsWith(".java");
    }

    private static boolean ports(String path) {
        return path.startsWith("kernel/src/main/java/virga/kernel/system/");
    }

    static final List<SourceRule> ALL = List.of(
            new SourceRule(
                    "time",
                    path -> main(path) && !ports(path) && !path.startsWith("modelgen/"),
                    Pattern.compile(
                            "\\b(Instant|LocalDate|LocalDateTime|ZonedDateTime)\\.now\\(|System\\.(nanoTime|currentTimeMillis)\\b"),
                    "the time comes from the environment's Clock"),
            new SourceRule(
                    "chance",
                    path -> main(path) && !ports(path),
                    Pattern.compile("new (Secure)?Random\\(|ThreadLocalRandom|UUID\\.randomUUID|Math\\.random"),
                    "chance comes from the environment's Chance or Ids"),
            new SourceRule(
                    "sleep",
                    path -> java(path) && !ports(path),
                    Pattern.compile("Thread\\.sleep\\("),
                    "nothing sleeps: wait for a signal or on the Clock"),
            new SourceRule(
                    "executors",
                    path -> main(path) && !ports(path),
                    Pattern.compile(
                            "\\bExecutors\\.|new Thread\\(|Thread\\.ofVirtual|Thread\\.startVirtualThread|Thread\\.ofPlatform"),
                    "threads come from the Threads port"),
            new SourceRule(
                    "catch-all",
                    path -> main(path),
                    Pattern.compile("catch \\((final )?(Exception|Throwable|Error)\\b"),
                    "only the door, the pump and the process supervisor catch everything"),
            new SourceRule(
                    "processes",
                    path -> main(path) && !path.startsWith("engine/"),
                    Pattern.compile("\\bProcessBuilder\\b|Runtime\\.getRuntime\\(\\)\\.exec"),
                    "processes are started by the engine alone"),
            new SourceRule(
                    "sql",
                    path -> main(path) && !path.contains("/store/postgres/"),
                    Pattern.compile("import java\\.sql\\."),
                    "SQL belongs to store.postgres"),
            new SourceRule(
                    "printing",
                    path -> main(path) && !path.contains("/cli/") && !path.startsWith("modelgen/"),
                    Pattern.compile("System\\.(out|err)\\b|printStackTrace"),
                    "only commands print"),
            new SourceRule(
                    "names",
                    path -> main(path),
                    Pattern.compile("\\b(class|record|interface|enum) \\w+(Manager|Impl|Utils?|Helper)\\b"),
                    "a name says what a thing is"),
            new SourceRule(
                    "mocks",
                    path -> java(path),
                    Pattern.compile("org\\.mockito|org\\.easymock|@TestMethodOrder"),
                    "no mocks, no order between tests"));
}
