package virga.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static Template template(String yaml) {
        return Template.of(TemplateText.read(yaml));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Resources: {} | Template format error: At least one Resources member must be defined.",
                "Stuff: 1 | Invalid template property or properties [Stuff]",
                "Resources: {A: {Properties: {}}} | Every Resources object must contain a Type member.",
                "Resources: {a-b: {Type: T}} | Resource name a-b is non alphanumeric.",
                "Resources: {A: {Type: T, Nope: 1}} | Invalid template resource property 'Nope'",
                "Resources: {A: {Type: T, Properties: {x: !Ref B}}} | Template format error: Unresolved resource dependencies [B] in the"
                        + " Resources block of the template",
                "Resources: {A: {Type: T, DependsOn: B}} | Unresolved resource dependencies [B] in the Resources block",
                "Resources: {A: {Type: T, Properties: {x: !GetAtt B.Arn}}} | Template error: instance of Fn::GetAtt references undefined"
                        + " resource B",
                "Resources: {A: {Type: T, Properties: {x: !Sub '${B}'}}} | Unresolved resource dependencies [B]",
                "Resources: {A: {Type: T, Condition: C}} | Unresolved condition dependency C in the Resources block of the template",
                "Resources: {A: {Type: T, Properties: {x: !Ref B}}, B: {Type: T, DependsOn: A}, C: {Type: T, DependsOn: A}} | Circular"
                        + " dependency between resources: [A, B]",
                "Resources: {A: {Type: T, Properties: {x: {'Fn::Length': [1]}}}} | Encountered unsupported function: Fn::Length",
                "Resources: {A: {Type: T, Properties: {x: {'Fn::Nope': 1}}}} | Encountered unsupported function: Fn::Nope",
                "{Resources: {A: {Type: T}}, Outputs: {O: {Description: x}}} | Every Outputs member must contain a Value object",
                "{Resources: {A: {Type: T}}, Parameters: {P: {Type: Text}}} | Unrecognized parameter type: Text"
            })
    void refusesInAwsWords(String yaml, String message) {
        assertThatThrownBy(() -> template(yaml)).hasMessageContaining(message);
    }

    @Test
    void holdsFiveHundredResourcesAndNoMore() {
        assertThat(template(resources(500)).resources()).hasSize(500);
        assertThatThrownBy(() -> template(resources(501)))
                .hasMessage("Template format error: Number of resources, 501, is greater than maximum allowed, 500");
    }

    private static String resources(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  R" + i + ": {Type: T}\n")
                .collect(Collectors.joining("", "Resources:\n", ""));
    }

    @Test
    void saysWhatMustBeAcknowledged() {
        assertThat(template("Resources: {A: {Type: 'AWS::SQS::Queue'}}").capabilities())
                .isEmpty();
        assertThat(template("Resources: {A: {Type: 'AWS::IAM::Role'}}").capabilities())
                .isEqualTo(List.of("CAPABILITY_IAM"));
        assertThat(template("Resources: {A: {Type: 'AWS::IAM::Role', Properties: {RoleName: x}}}")
                        .capabilities())
                .isEqualTo(List.of("CAPABILITY_NAMED_IAM"));
    }

    @Test
    void unrollsLoops() {
        var expanded = LanguageExtensions.expand(TemplateText.read("""
                        Transform: AWS::LanguageExtensions
                        Parameters: {Names: {Type: CommaDelimitedList, Default: 'a,b'}}
                        Resources:
                          Fn::ForEach::Queues:
                            - Name
                            - !Ref Names
                            - 'Queue${Name}': {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref Name, Tag: '${Name}-x'}}
                        """), java.util.Map.of("Names", "a,b,c"));

        assertThat(expanded.get("Resources").properties()).hasSize(3);
        assertThat(expanded.at("/Resources/Queuec/Properties")).hasToString("{\"QueueName\":\"c\",\"Tag\":\"c-x\"}");
    }
}
