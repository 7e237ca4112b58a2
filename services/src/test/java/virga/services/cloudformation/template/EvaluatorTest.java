package virga.services.cloudformation.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    private static final PseudoParameters PSEUDO =
            new PseudoParameters("123456789012", "eu-west-1", "arn:stack", "shop", List.of());

    /** Knows one resource and one of everything outside. */
    private static final class TestingWorld implements ResourceValues, ExternalValues {
        @Override
        public JsonNode ref(String logicalId) {
            return JsonNodeFactory.instance.textNode("ref-" + logicalId);
        }

        @Override
        public JsonNode attribute(String logicalId, String name) {
            return JsonNodeFactory.instance.textNode(logicalId + "/" + name);
        }

        @Override
        public String parameterStore(String templateParameter, String name) {
            return "stored " + name;
        }

        @Override
        public String dynamic(DynamicReference reference) {
            return reference.service() + ";" + reference.name() + ";" + reference.version() + ";" + reference.key();
        }

        @Override
        public String imported(String name) {
            return "imported-" + name;
        }

        @Override
        public List<String> availabilityZones(String region) {
            return List.of(region + "a", region + "b");
        }
    }

    private static Evaluator evaluator(String yaml, Map<String, String> parameters) {
        Template template = Template.of(TemplateText.read(yaml));
        TestingWorld world = new TestingWorld();
        return new Evaluator(template, ParameterValues.of(template, parameters, world), PSEUDO, world, world);
    }

    private static String property(String expression) {
        String yaml = """
                Transform: AWS::LanguageExtensions
                Parameters:
                  Env: {Type: String, Default: dev}
                  Zones: {Type: CommaDelimitedList, Default: 'x, y'}
                  Secret: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}
                Mappings: {Sizes: {dev: {memory: 128}, prod: {memory: 1024}}}
                Conditions:
                  IsDev: !Equals [!Ref Env, dev]
                  IsProd: !Not [{Condition: IsDev}]
                Resources:
                  A: {Type: T}
                  Subject: {Type: T, Properties: {x: %s}}
                """.formatted(expression);
        Evaluator evaluator = evaluator(yaml, Map.of());
        return evaluator
                .value(TemplateText.read(yaml).at("/Resources/Subject/Properties"))
                .path("x")
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Ref Env | \"dev\"",
                "!Ref Zones | [\"x\",\"y\"]",
                "!Ref Secret | \"stored /a\"",
                "!Ref 'AWS::Region' | \"eu-west-1\"",
                "!Ref A | \"ref-A\"",
                "!GetAtt A.Arn | \"A/Arn\"",
                "!Sub '${AWS::StackName}-${Env}-${A.Arn}-${!Kept}' | \"shop-dev-A/Arn-${Kept}\"",
                "!Sub ['${v}', {v: !Select [1, !Ref Zones]}] | \"y\"",
                "!Join ['-', [a, !Ref Env]] | \"a-dev\"",
                "!Split [',', 'a,b'] | [\"a\",\"b\"]",
                "!Base64 abc | \"YWJj\"",
                "!FindInMap [Sizes, !Ref Env, memory] | 128",
                "!FindInMap [Sizes, none, memory, {DefaultValue: 7}] | 7",
                "!If [IsDev, yes-dev, no-dev] | \"yes-dev\"",
                "!If [IsProd, yes, !Ref 'AWS::NoValue'] | ''",
                "[1, !Ref 'AWS::NoValue', 2] | [1,2]",
                "!GetAZs '' | [\"eu-west-1a\",\"eu-west-1b\"]",
                "!Cidr [10.0.0.0/16, 3, 8] | [\"10.0.0.0/24\",\"10.0.1.0/24\",\"10.0.2.0/24\"]",
                "{'Fn::Length': !Ref Zones} | 2",
                "{'Fn::ToJsonString': {a: !Ref Env}} | \"{\\\"a\\\":\\\"dev\\\"}\"",
                "!ImportValue net | \"imported-net\"",
                "\"{{resolve:ssm:/db/host:3}}\" | \"ssm;/db/host;3;\"",
                "\"x{{resolve:secretsmanager:db:SecretString:password}}\" | \"xsecretsmanager;db;;password\""
            })
    void evaluates(String expression, String expected) {
        assertThat(property(expression)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Select [5, [a]] | Template error: Fn::Select cannot select nonexistent value at index 5",
                "!FindInMap [Sizes, none, memory] | Template error: Unable to get mapping for Sizes::none::memory",
                "!FindInMap [Nope, a, b] | Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.",
                "!Cidr [10.0.0.0/24, 300, 8] | Fn::Cidr"
            })
    void refusesInAwsWords(String expression, String message) {
        assertThatThrownBy(() -> property(expression)).hasMessageContaining(message);
    }

    @Test
    void leavesConditionalResourcesOutOfTheGraphAndRefusesReferencesToThem() {
        String yaml = """
                Conditions: {Never: !Equals [a, b]}
                Resources:
                  Gone: {Type: T, Condition: Never}
                  Kept: {Type: T, DependsOn: Gone, Properties: {x: !If [Never, !Ref Gone, y]}}
                """;
        assertThat(evaluator(yaml, Map.of()).graph().order()).containsExactly("Kept");

        assertThatThrownBy(() -> evaluator(yaml + "  Bad: {Type: T, Properties: {x: !Ref Gone}}\n", Map.of())
                        .graph())
                .hasMessage(
                        "Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{Type: String} | '' | Parameters: [P] must have values",
                "{Type: String, AllowedValues: [a, b]} | c | Parameter 'P' must be one of AllowedValues",
                "{Type: String, AllowedPattern: '[a-z]+'} | A1 | Parameter 'P' must match pattern [a-z]+",
                "{Type: String, MinLength: 3} | a | Parameter 'P' must contain at least 3 characters",
                "{Type: String, MaxLength: 3} | abcd | Parameter 'P' must contain at most 3 characters",
                "{Type: Number} | a | Parameter 'P' must be a number",
                "{Type: Number, MaxValue: 5} | 6 | Parameter 'P' must be a number not greater than 5",
                "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower case} | A | Parameter P failed to satisfy"
                        + " constraint: lower case"
            })
    void checksParameters(String declaration, String value, String message) {
        String yaml = "Parameters: {P: " + declaration + "}\nResources: {A: {Type: T}}\n";
        Map<String, String> given = value.isEmpty() ? Map.of() : Map.of("P", value);
        assertThatThrownBy(() -> evaluator(yaml, given)).hasMessage(message);
    }

    @Test
    void refusesParametersThatTheTemplateDoesNotHave() {
        assertThatThrownBy(() -> evaluator("Resources: {A: {Type: T}}", Map.of("X", "1")))
                .hasMessage("Parameters: [X] do not exist in the template");
    }

    @Test
    void checksRules() {
        Evaluator evaluator = evaluator("""
                Parameters: {Env: {Type: String, Default: prod}, Size: {Type: String, Default: small}}
                Rules:
                  ProdIsBig:
                    RuleCondition: !Equals [!Ref Env, prod]
                    Assertions:
                      - Assert: {'Fn::Contains': [[large], !Ref Size]}
                        AssertDescription: production needs large
                Resources: {A: {Type: T}}
                """, Map.of());

        assertThatThrownBy(evaluator::checkRules).hasMessageContaining("production needs large");
    }
}
