package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Java functions, compiled here and run for real by Lambda's own runtime interface client. */
class JavaFunctionTest {
    private static final String SOURCE = """
            package shop;
            import com.amazonaws.services.lambda.runtime.Context;
            import java.util.Map;
            public class Handler {
                private int count;
                public Map<String, Object> handle(Map<String, Object> event, Context context) {
                    context.getLogger().log("two\\nlines");
                    System.out.println("raw");
                    if (event.containsKey("loaded")) {
                        try {
                            String loaded = java.nio.file.Files.readString(java.nio.file.Path.of("/tmp/loaded"));
                            return Map.of("loaded", loaded.lines().filter(l -> l.contains("api.client.AWSLambda ")).toList());
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                    if (event.containsKey("fail")) {
                        throw new IllegalStateException("no stock");
                    }
                    return Map.of("count", ++count);
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aJavaHandlerAnswersAndItsWorkerIsReused() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = java(cloud);
            Outcome.Returned cold = (Outcome.Returned) cloud.invoke(version, "{}");
            assertThat(cold.payload().utf8()).isEqualTo("{\"count\":1}");
            assertThat(cold.report().initNanos()).isPositive();
            assertThat(cloud.answer(version, "{}")).isEqualTo("{\"count\":2}");
        }
    }

    @Test
    void aLoggedMessageOfSeveralLinesIsOneEvent() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            cloud.answer(java(cloud), "{}");
            assertThat(cloud.messages()).contains("two\nlines\n", "raw\n");
        }
    }

    @Test
    void anExceptionHasTypeMessageAndStack() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            assertThat(cloud.failure(java(cloud), "{\"fail\":1}").payload().utf8())
                    .contains("\"errorMessage\":\"no stock\"", "\"errorType\":\"java.lang.IllegalStateException\"")
                    .contains("shop.Handler.handle");
        }
    }

    @Test
    void theFirstWorkerLeavesAnArchiveThatLaterOnesUse() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withStartAhead(1))) {
            assumeTrue(
                    cloud.engine.isolation().getFirst().contains("mount namespace"),
                    "class archives are made only with private mounts");
            FunctionVersion version = java(cloud);
            cloud.answer(version, "{}");
            Path archives = cloud.runtimes().resolve("java/archives");
            while (archives.toFile().list((folder, name) -> name.endsWith(".jsa")) == null
                    || archives.toFile().list((folder, name) -> name.endsWith(".jsa")).length == 0) {
                assertThat(cloud.notices).isEmpty();
                cloud.ports.clock().sleep(java.time.Duration.ofMillis(20));
            }
            cloud.engine.retire(version.arn());
            assertThat(cloud.answer(version, "{}")).isEqualTo("{\"count\":1}");
            // Java says nothing where an archive does not fit; asked to insist on it, it would not start.
            FunctionVersion insisting = cloud.version(
                    "java25",
                    "shop.Handler::handle",
                    compiled(),
                    512,
                    java.time.Duration.ofSeconds(20),
                    java.util.Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=/tmp/loaded"),
                    -1,
                    java.util.List.of());
            cloud.engine.retire(version.arn());
            assertThat(cloud.answer(insisting, "{\"loaded\":1}")).contains("shared objects file (top)");
        }
    }

    @Test
    void aMissingClassFailsTheInitialisation() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function("java21", "shop.Nobody::handle", compiled());
            assertThat(cloud.failure(version, "{}").payload().utf8()).contains("shop.Nobody", "ClassNotFoundException");
        }
    }

    private FunctionVersion java(TestingCloud cloud) throws IOException {
        return cloud.function("java25", "shop.Handler::handle", compiled());
    }

    private FunctionVersion.Code compiled() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "the tests run on a Java without a compiler");
        Path source = Files.writeString(folder.resolve("Handler.java"), SOURCE);
        Path core = folder.resolve("core.jar");
        try (var in =
                JavaFunctionTest.class.getResourceAsStream("/virga/engine/runtime/java/aws-lambda-java-core.jar")) {
            Files.write(core, in.readAllBytes());
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int status = compiler.run(
                null, null, null, "-proc:none", "-cp", core.toString(), "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        TestingZip zip = new TestingZip();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.file(classes.relativize(file).toString(), Files.readAllBytes(file), 0100644);
            }
        }
        return zip.code();
    }
}
