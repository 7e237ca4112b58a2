package virga.services.cloudformation.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import virga.kernel.Fault;
import virga.services.cloudformation.template.TemplateText;

/** Each case is a pair of files: {@code name.yaml} and what AWS makes of it, {@code name.expected.json}. */
class ServerlessTransformTest {
    private static final Path CASES = Path.of("src/test/resources/virga/services/cloudformation/sam");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void transformsAsAwsDoes(String name) throws IOException {
        ObjectNode template = TemplateText.read(Files.readString(CASES.resolve(name + ".yaml")));
        JsonNode expected =
                MAPPER.readTree(CASES.resolve(name + ".expected.json").toFile());

        if (expected.has("error")) {
            Fault fault =
                    catchThrowableOfType(Fault.class, () -> ServerlessTransform.apply(template, Map.of(), "us-east-1"));
            assertThat(fault.getMessage())
                    .isEqualTo("Transform AWS::Serverless-2016-10-31 failed with: "
                            + expected.get("error").asText());
        } else {
            ObjectNode transformed = ServerlessTransform.apply(template, Map.of(), "us-east-1");
            assertThat(unordered(transformed)).isEqualTo(unordered(expected));
        }
    }

    @Test
    void everyFileBelongsToACase() throws IOException {
        List<String> names = cases().toList();
        try (Stream<Path> files = Files.list(CASES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allSatisfy(file -> assertThat(names)
                            .contains(file.replace(".expected.json", "").replace(".yaml", "")));
        }
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(CASES.resolve(name + ".expected.json")).exists());
    }

    @Test
    void refusesWhatIsNotDoneWithItsExactPath() {
        ObjectNode template = TemplateText.read("""
                Resources:
                  Bus:
                    Type: AWS::Serverless::WebSocketApi
                """);

        Fault fault =
                catchThrowableOfType(Fault.class, () -> ServerlessTransform.apply(template, Map.of(), "us-east-1"));

        assertThat(fault.code()).isEqualTo("VirgaUnsupported");
        assertThat(fault.getMessage()).contains("AWS::Serverless::WebSocketApi");
    }

    /** The transform is not obliged to an order in lists; numbers and texts as they are written in JSON. */
    private static JsonNode unordered(JsonNode node) throws IOException {
        return sorted(MAPPER.readTree(node.toString()));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            node.valueStream()
                    .map(ServerlessTransformTest::sorted)
                    .sorted(java.util.Comparator.comparing(JsonNode::toString))
                    .forEach(array::add);
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = MAPPER.createObjectNode();
        new java.util.TreeSet<>(node.propertyStream().map(Map.Entry::getKey).toList())
                .forEach(key -> object.set(key, sorted(node.get(key))));
        return object;
    }
}
