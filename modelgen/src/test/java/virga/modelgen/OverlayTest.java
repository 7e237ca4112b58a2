package virga.modelgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final String MODEL = """
            {"metadata": {"name": "a"}, "operations": {},
             "shapes": {"T": {"type": "structure", "members": {"A": {"shape": "S", "required": true}}}, "S": {"type": "string"}}}
            """;

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode overlaid(String change) {
        ObjectNode model = json(MODEL);
        new Overlay("a.overlay.json", json("{\"deviations\": [" + change + "]}")).applyTo(model);
        return model;
    }

    @Test
    void aDeviationChangesWhatItNamesAndNothingElse() {
        ObjectNode model = overlaid("""
                {"reason": "r", "shapes": {"T": {"members": {"A": {"locationName": "a", "required": null}}}}}""");
        assertThat(model.at("/shapes/T/members/A")).isEqualTo(json("{\"shape\": \"S\", \"locationName\": \"a\"}"));
        assertThat(model.at("/shapes/T/type").asText()).isEqualTo("structure");
    }

    @Test
    void aDeviationMayAddAWholeShape() {
        assertThat(overlaid("{\"reason\": \"r\", \"shapes\": {\"N\": {\"type\": \"integer\"}}}")
                        .at("/shapes/N/type")
                        .asText())
                .isEqualTo("integer");
    }

    @Test
    void aDeviationWithoutAReasonIsAMistake() {
        assertThatThrownBy(() -> overlaid("{\"metadata\": {\"name\": \"b\"}}"))
                .hasMessageContaining("without a reason");
    }

    @Test
    void aChangeOfWhatTheModelNoLongerHasIsAMistake() {
        assertThatThrownBy(() -> overlaid("{\"reason\": \"r\", \"shapes\": {\"Gone\": {\"sensitive\": true}}}"))
                .hasMessageContaining("shapes/Gone");
        assertThatThrownBy(() ->
                        overlaid("{\"reason\": \"r\", \"shapes\": {\"T\": {\"members\": {\"B\": {\"min\": 1}}}}}"))
                .hasMessageContaining("shapes/T/members/B");
        assertThatThrownBy(() -> overlaid("{\"reason\": \"r\", \"shapes\": {\"Gone\": null}}"))
                .hasMessageContaining("not there");
    }

    @Test
    void aMemberOfAShapeThatIsNotThereIsAMistake() {
        ObjectNode model =
                overlaid("{\"reason\": \"r\", \"shapes\": {\"T\": {\"members\": {\"A\": {\"shape\": \"Gone\"}}}}}");
        assertThatThrownBy(() -> ServiceFile.of("a", model))
                .isInstanceOf(ModelMistake.class)
                .hasMessageContaining("Gone");
    }
}
