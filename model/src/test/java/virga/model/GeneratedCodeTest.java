package virga.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.kernel.Bug;
import virga.modelgen.Generate;

/** Generates a small service that has every awkward name and shape, compiles it as strictly as the build does, and uses it. */
class GeneratedCodeTest {
    @TempDir
    static Path directory;

    private static RecordingLoader loader;

    /** A loader that remembers which classes it was asked to define. */
    private static final class RecordingLoader extends URLClassLoader {
        private final Set<String> defined = ConcurrentHashMap.newKeySet();

        RecordingLoader(URL classes) {
            super(new URL[] {classes}, GeneratedCodeTest.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            defined.add(name.substring(name.lastIndexOf('.') + 1));
            return super.findClass(name);
        }
    }

    @BeforeAll
    static void compile() throws Exception {
        Path sources = directory.resolve("sources");
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Generate.main(new String[] {"src/test/resources/models", sources.toString()});
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-Xlint:all,-serial,-processing", "-Werror", "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
        loader = new RecordingLoader(classes.toUri().toURL());
    }

    private static Class<?> type(String name) throws ReflectiveOperationException {
        return loader.loadClass("virga.model.forecast." + name);
    }

    private static Object call(Object target, String method, Object... arguments) throws ReflectiveOperationException {
        Class<?> type = target instanceof Class<?> given ? given : target.getClass();
        var found = Arrays.stream(type.getMethods())
                .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(method));
        try {
            return found.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    private static Object constant(String type, String name) throws ReflectiveOperationException {
        return type(type).getField(name).get(null);
    }

    @Test
    void requiredScalarsOfInputsArePlain() throws Exception {
        assertThat(type("GetForecastRequest").getMethod("city").getReturnType()).isEqualTo(String.class);
        assertThat(type("GetForecastRequest").getMethod("default_").getReturnType())
                .isEqualTo(int.class);
        assertThat(type("Forecast").getField("MODEL")).isNotNull();
    }

    @Test
    void whatOnlyAnOutputHasIsOptionalThoughRequired() throws Exception {
        assertThat(type("ForecastResult").getMethod("secret").getReturnType()).isEqualTo(Optional.class);
    }

    @Test
    void readingARequiredMemberThatIsUnsetIsABug() throws Exception {
        Object empty = call(call(type("GetForecastRequest"), "builder"), "build");
        assertThatThrownBy(() -> call(empty, "city")).isInstanceOf(Bug.class).hasMessageContaining("City");
    }

    @Test
    void aListIsEmptyWhenAbsentAndSaysWhetherItWasGiven() throws Exception {
        Object builder = call(type("GetForecastRequest"), "builder");
        Object absent = call(builder, "build");
        Object empty = call(call(builder, "days", List.of()), "build");
        assertThat(call(absent, "days")).isEqualTo(List.of());
        assertThat(call(absent, "hasDays")).isEqualTo(false);
        assertThat(call(empty, "hasDays")).isEqualTo(true);
    }

    @Test
    void aSetterGivenNullLeavesTheMemberUnset() throws Exception {
        Object builder = call(type("GetForecastRequest"), "builder");
        call(builder, "schema_", "x");
        call(builder, "schema_", (Object) null);
        call(builder, "days", (Object) null);
        Structure built = (Structure) call(builder, "build");
        assertThat(built.get("Schema")).isEmpty();
        assertThat(built.get("Days")).isEmpty();
    }

    @Test
    void aListIsCopiedAndUnmodifiable() throws Exception {
        List<Object> given = new ArrayList<>();
        given.add(null);
        Object built = call(call(call(type("GetForecastRequest"), "builder"), "days", given), "build");
        given.clear();
        List<?> kept = (List<?>) call(built, "days");
        assertThat(kept).hasSize(1).containsNull();
        assertThatThrownBy(kept::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBuilderMadeFromAStructureChangesACopy() throws Exception {
        Object first = call(call(call(type("GetForecastRequest"), "builder"), "city", "bern"), "build");
        Object second = call(call(call(first, "toBuilder"), "city", "biel"), "build");
        assertThat(call(first, "city")).isEqualTo("bern");
        assertThat(call(second, "city")).isEqualTo("biel");
    }

    @Test
    void namesThatMeanSomethingElseInJavaGetTheServicesName() throws Exception {
        assertThat(type("ForecastObject").getSuperclass()).isEqualTo(Structure.class);
        assertThat(type("Operation").getSuperclass()).isEqualTo(Structure.class);
    }

    @Test
    void aUnionIsMadeOfOneMember() throws Exception {
        Structure sun = (Structure) call(type("Operation"), "ofSun", "noon");
        assertThat(sun.get("Sun")).contains("noon");
        assertThat(sun.get("Rain")).isEmpty();
    }

    @Test
    void enumsHaveConstants() throws Exception {
        assertThat(constant("Kind", "WET_1")).isEqualTo("wet.1");
        assertThat(constant("Kind", "DRY_AND_HOT")).isEqualTo("dryAndHot");
        assertThat(constant("Kind", "STAR")).isEqualTo("*");
        assertThat(constant("Kind", "EMPTY")).isEqualTo("");
    }

    @Test
    void anErrorKnowsItsShapeAndFurtherMembers() throws Exception {
        ErrorShape shape = (ErrorShape) constant("Struck", "SHAPE");
        assertThat(shape.code()).isEqualTo("Struck.ByLightning");
        Object builder = call(call(call(type("Struck"), "builder"), "message", "ouch"), "status_", 4);
        ModelledFault fault = (ModelledFault) call(builder, "build");
        assertThat(fault.getMessage()).isEqualTo("ouch");
        assertThat(fault.status()).isEqualTo(409);
        assertThat(fault.content().get("Message")).contains("ouch");
        assertThat(call(fault, "status_")).isEqualTo(Optional.of(4));
        assertThat(call(fault, "where")).isEqualTo(List.of());
    }

    @Test
    void anErrorMadeOfAMessageHasItAsAMember() throws Exception {
        ModelledFault fault =
                (ModelledFault) type("Struck").getConstructor(String.class).newInstance("ouch");
        assertThat(fault.content().get("Message")).contains("ouch");
    }

    @Test
    void operationsAreListedModelledOrNot() throws Exception {
        ServiceModel model = (ServiceModel) constant("Forecast", "MODEL");
        assertThat(model.operations().keySet()).containsExactly("GetForecast", "Ping", "Distant");
        assertThat(model.operation("Ping").orElseThrow().input().name()).isEqualTo("PingRequest");
        assertThat(model.operation("Ping").orElseThrow().http().status()).isEqualTo(202);
        assertThat(model.operation("Distant").orElseThrow().isModelled()).isFalse();
        assertThatThrownBy(() -> model.operation("Distant").orElseThrow().input())
                .isInstanceOf(Bug.class);
    }

    @Test
    void constraintsAndPatternsComeThroughAsTheyAre() throws Exception {
        ServiceModel model = (ServiceModel) constant("Forecast", "MODEL");
        Schema input = model.operation("GetForecast").orElseThrow().input();
        assertThat(input.member("City").orElseThrow().traits().pattern()).isEqualTo("[a-z\"\\\\]+");
        assertThat(input.member("default").orElseThrow().traits().max()).isEqualTo("9");
        assertThat(input.member("City").orElseThrow().traits().location()).isEqualTo(Traits.Location.LABEL);
    }

    @Test
    void generatingAgainWritesNothing(@TempDir Path other) throws IOException {
        String[] arguments = {"src/test/resources/models", other.toString()};
        Generate.main(arguments);
        Path file = other.resolve("virga/model/forecast/Day.java");
        Files.writeString(file, "// touched");
        Generate.main(arguments);
        assertThat(file).hasContent("// touched");
    }

    @Test
    void aShapeThatIsGoneTakesItsClassWithIt(@TempDir Path other) throws IOException {
        Path models = Files.createDirectory(other.resolve("models"));
        Path model = models.resolve("forecast.json");
        Files.copy(Path.of("src/test/resources/models/forecast.json"), model);
        String[] arguments = {models.toString(), other.resolve("out").toString()};
        Generate.main(arguments);
        Path file = other.resolve("out/virga/model/forecast/Kind.java");
        assertThat(file).exists();
        Files.writeString(model, Files.readString(model).replace("\"Kind\"", "\"Sort\""));
        Generate.main(arguments);
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling("Sort.java")).exists();
    }

    @Test
    void aServiceLoadsTheShapesOfAnOperationOnlyWhenItIsUsed() throws Exception {
        try (RecordingLoader own =
                new RecordingLoader(directory.resolve("classes").toUri().toURL())) {
            Class<?> service = Class.forName("virga.model.forecast.Forecast", true, own);
            ServiceModel model = (ServiceModel) service.getField("MODEL").get(null);
            assertThat(own.defined).containsExactlyInAnyOrder("Forecast", "Shapes");
            model.operation("Ping").orElseThrow().input();
            assertThat(own.defined).containsExactlyInAnyOrder("Forecast", "Shapes", "PingRequest");
        }
    }

    @Test
    void mapsKeepTheirOrder() throws Exception {
        Map<String, Object> given = new LinkedHashMap<>();
        List.of("z", "a", "m").forEach(key -> given.put(key, List.of()));
        Structure built = (Structure) call(call(call(type("ForecastResult"), "builder"), "byHour", given), "build");
        assertThat(((Map<?, ?>) call(built, "byHour")).keySet().stream().map(Object::toString))
                .containsExactly("z", "a", "m");
    }
}
