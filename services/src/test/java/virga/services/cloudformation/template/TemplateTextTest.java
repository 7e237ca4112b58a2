package virga.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {
    @Test
    void readsShortTagsAsLongFunctions() {
        JsonNode read = TemplateText.read("""
                a: !Ref X
                b: !GetAtt X.Arn.More
                c: !Sub ['${y}', {y: !Ref Z}]
                d: !If [C, !Join ['-', [a, b]], !Ref 'AWS::NoValue']
                e: !Equals [1, 2]
                """);

        assertThat(read)
                .hasToString("{\"a\":{\"Ref\":\"X\"},\"b\":{\"Fn::GetAtt\":[\"X\",\"Arn.More\"]},"
                        + "\"c\":{\"Fn::Sub\":[\"${y}\",{\"y\":{\"Ref\":\"Z\"}}]},"
                        + "\"d\":{\"Fn::If\":[\"C\",{\"Fn::Join\":[\"-\",[\"a\",\"b\"]]},{\"Ref\":\"AWS::NoValue\"}]},"
                        + "\"e\":{\"Fn::Equals\":[1,2]}}");
    }

    @Test
    void keepsDatesAndAccountNumbersAsText() {
        JsonNode read = TemplateText.read("Version: 2012-10-17\nAccount: 012345678901\nCount: 12\nYes: true\n");

        assertThat(read.get("Version").asText()).isEqualTo("2012-10-17");
        assertThat(read.get("Version").isTextual()).isTrue();
        assertThat(read.get("Account").isTextual()).isTrue();
        assertThat(read.get("Count").isInt()).isTrue();
        assertThat(read.get("Yes").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\nb: 2\na: 3\n", "{\"a\": 1, \"b\": 2, \"a\": 3}"})
    void aKeyThatStandsTwiceCountsWhereItStandsLast(String text) {
        assertThat(TemplateText.read(text).get("a").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1' | YAML not well-formed. (line",
                "'{\"a\": 1' | JSON not well-formed. (line 1, column",
                "'just text' | Template format error: unsupported structure.",
                "'a: &x 1\nb: *x\n' | aliases are not allowed",
                "'a: {<<: {b: 1}}' | hash merges are not allowed",
                "'a: !Nope 1' | Encountered unsupported tag: !Nope (line 1, column 4)",
                "'a: {b: }' | [/a/b] 'null' values are not allowed in templates"
            })
    void refusesWhatCloudFormationRefuses(String text, String message) {
        assertThatThrownBy(() -> TemplateText.read(text)).hasMessageContaining(message);
    }
}
