package virga.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The selection, the model files and the generated classes say the same. */
class ModelFilesTest {
    static Stream<String> services() {
        return GeneratedServices.keys().stream();
    }

    @Test
    void allNineteenServicesAreSelected() {
        assertThat(GeneratedServices.keys()).hasSize(19).contains("sqs", "lambda", "s3", "cloudformation");
    }

    @ParameterizedTest
    @MethodSource("services")
    void everySelectedOperationIsModelledAndNoOther(String service) {
        JsonNode chosen = GeneratedServices.selection().get(service);
        List<String> named = texts(chosen.get("operations"));
        List<String> except = texts(chosen.path("except"));
        ServiceModel model = GeneratedServices.model(service);
        assertThat(model.operations().keySet()).containsAll(except);
        List<String> wanted = named.contains("*")
                ? model.operations().keySet().stream()
                        .filter(name -> !except.contains(name))
                        .toList()
                : named;
        assertThat(model.all().stream().filter(Operation::isModelled).map(Operation::name))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyOperationOfTheModelFileIsKnown(String service) {
        JsonNode file = GeneratedServices.json("src/main/models/" + service + ".json");
        List<String> names = new ArrayList<>();
        file.get("operations").fieldNames().forEachRemaining(names::add);
        assertThat(GeneratedServices.model(service).operations().keySet()).containsExactlyElementsOf(names);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyShapeThatIsReachedIsWhatTheFileSays(String service) {
        JsonNode shapes =
                GeneratedServices.json("src/main/models/" + service + ".json").get("shapes");
        GeneratedServices.reachable(GeneratedServices.model(service)).forEach((name, schema) -> {
            if (shapes.has(name) && shapes.get(name).has("members")) {
                List<String> members = new ArrayList<>();
                shapes.get(name).get("members").fieldNames().forEachRemaining(members::add);
                assertThat(schema.members().stream().map(Member::name)).as(name).containsExactlyElementsOf(members);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyStructureCanBeMadeAndKnowsItsSchema(String service) {
        GeneratedServices.reachable(GeneratedServices.model(service)).values().stream()
                .filter(schema -> schema.type() == ShapeType.STRUCTURE || schema.type() == ShapeType.UNION)
                .forEach(schema -> assertThat(
                                schema.make(new Object[schema.members().size()]).schema())
                        .isSameAs(schema));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyPatternIsOneThatJavaReads(String service) {
        List<String> unreadable = new ArrayList<>();
        for (Schema schema :
                GeneratedServices.reachable(GeneratedServices.model(service)).values()) {
            try {
                Pattern.compile(schema.traits().pattern());
            } catch (java.util.regex.PatternSyntaxException e) {
                unreadable.add(schema.name() + ": " + e.getMessage());
            }
        }
        assertThat(unreadable).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyLabelOfAnAddressIsAMemberAndTheOtherWayRound(String service) {
        for (Operation<?, ?> operation : GeneratedServices.model(service).all()) {
            if (operation.isModelled()) {
                String uri = operation.http().uri();
                List<String> labels = Pattern.compile("\\{([\\w-]+)\\+?}")
                        .matcher(uri)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
                assertThat(operation.input().members().stream()
                                .filter(member -> member.traits().location() == Traits.Location.LABEL)
                                .map(Member::wireName))
                        .as(operation + " " + uri)
                        .containsExactlyInAnyOrderElementsOf(labels);
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
