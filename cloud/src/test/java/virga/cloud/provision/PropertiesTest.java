package virga.cloud.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.model.dynamodb.KeySchemaElement;

final class PropertiesTest {
    private static final String LAX = """
            {"Text": 5, "Integer": "30", "Long": "5000000000", "Number": "0.25", "Flag": "true", "Null": null,
             "Texts": ["a", 1], "Map": {"b": true, "a": 1}, "Policy": {"Version": "x"}, "Written": "{}",
             "Tags": [{"Key": "team", "Value": 7}], "Object": {"Inner": "i"}}
            """;

    private static Properties read(String json) {
        return Properties.of("Q", json(json));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void scalarsAreReadAsTheTypeThatIsAskedForHoweverTheTemplateWritesThem() {
        Properties properties = read(LAX);
        assertThat(properties.text("Text", "")).isEqualTo("5");
        assertThat(properties.integer("Integer", 0)).isEqualTo(30);
        assertThat(properties.longInteger("Long", 0L)).isEqualTo(5_000_000_000L);
        assertThat(properties.number("Number", 0.0)).isEqualTo(0.25);
        assertThat(properties.flag("Flag", false)).isTrue();
        assertThat(properties.texts("Texts")).containsExactly("a", "1");
        assertThat(properties.map("Map")).containsExactly(Map.entry("a", "1"), Map.entry("b", "true"));
        assertThat(properties.tags()).containsExactly(Map.entry("team", "7"));
        assertThat(properties.object("Object").text("Inner", "")).isEqualTo("i");
    }

    @Test
    void aDocumentIsTextOrAnObject() {
        assertThat(read(LAX).requiredDocument("Policy")).isEqualTo("{\"Version\":\"x\"}");
        assertThat(read(LAX).requiredDocument("Written")).isEqualTo("{}");
    }

    @Test
    void whatIsAbsentOrNullIsWhatTheReaderSaysInstead() {
        Properties properties = read(LAX);
        assertThat(properties.has("Null")).isFalse();
        assertThat(properties.text("Null", "else")).isEqualTo("else");
        assertThat(properties.integer("Nothing", null)).isNull();
        assertThat(properties.texts("Nothing")).isEmpty();
        assertThat(properties.objects("Nothing")).isEmpty();
        assertThat(properties.object("Nothing").text("Inner", "else")).isEqualTo("else");
        assertThat(properties.shape("Nothing", KeySchemaElement.class, KeySchemaElement.SCHEMA))
                .isNull();
        assertThat(properties.shapes("Nothing", KeySchemaElement.class, KeySchemaElement.SCHEMA))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Delay\": \"soon\"} | #/Delay: expected type: Integer, found: String",
                "{\"Delay\": true} | #/Delay: expected type: Integer, found: Boolean",
                "{\"Delay\": 1.5} | #/Delay: expected type: Integer, found: Double",
                "{\"Name\": {}} | #/Name: expected type: String, found: JSONObject",
                "{\"On\": \"perhaps\"} | #/On: expected type: Boolean, found: String",
                "{\"Queues\": \"one\"} | #/Queues: expected type: JSONArray, found: String",
                "{\"Queues\": [\"one\", []]} | #/Queues/1: expected type: String, found: JSONArray",
                "{\"Tags\": {\"a\": \"b\"}} | #/Tags: expected type: JSONArray, found: JSONObject",
                "{\"Tags\": [{\"Key\": \"a\", \"Value\": \"b\"}, {\"Key\": \"a\"}]} | #/Tags/1: required key [Value] not found",
                "{\"Rules\": [{\"Filter\": {\"Prefix\": []}}]} | #/Rules/0/Filter/Prefix: expected type: String, found: JSONArray",
                "{\"Rules\": [{\"Filter\": 3}]} | #/Rules/0/Filter: expected type: JSONObject, found: Integer"
            })
    void whatHasAnotherTypeIsRefusedWithItsPath(String template, String violation) {
        assertThatThrownBy(() -> readAll(read(template)))
                .hasMessage("Properties validation failed for resource Q with message: " + violation);
    }

    @Test
    void whatAnAttemptFailedOverIsAbsentWhenItIsRolledBack() {
        Properties previous = Properties.previous(
                "Q", json("{\"Delay\": \"soon\", \"Queues\": \"one\", \"Tags\": [{}], \"Rules\": [{\"Filter\": 3}]}"));
        assertThat(readAll(previous)).containsExactly("", "0", "false", "[]", "{=}", "");
    }

    private static List<String> readAll(Properties properties) {
        List<String> all = new ArrayList<>();
        all.add(properties.text("Name", ""));
        all.add(properties.integer("Delay", 0).toString());
        all.add(properties.flag("On", false).toString());
        all.add(properties.texts("Queues").toString());
        all.add(properties.tags().toString());
        properties
                .objects("Rules")
                .forEach(rule -> all.add(rule.object("Filter").text("Prefix", "")));
        return all;
    }

    @Test
    void whatAListHasLostSincePreviousPropertiesIsTold() {
        Properties previous = Properties.previous("Q", json("{\"Groups\": [\"a\", \"b\"]}"));
        assertThat(read("{\"Groups\": [\"b\", \"c\"]}").dropped(previous, "Groups"))
                .containsExactly("a");
        assertThat(read("{}").dropped(previous, "Groups")).containsExactly("a", "b");
    }

    @Test
    void aRequiredPropertyThatIsAbsentIsNamed() {
        assertThatThrownBy(() -> read("{}").requiredText("QueueName"))
                .hasMessage(
                        "Properties validation failed for resource Q with message: #: required key [QueueName] not found");
    }
}
