package virga.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import virga.engine.runtimes.Family;
import virga.services.cloudformation.template.TemplateText;

class SkippedFunctionsTest {
    private static final String TEMPLATE = """
            Globals:
              Function:
                Runtime: python3.14
            Resources:
              Take:
                Type: AWS::Serverless::Function
                Properties: {Runtime: nodejs24.x}
              Charge:
                Type: AWS::Serverless::Function
                Properties: {Handler: charge.handler}
              Queue:
                Type: AWS::SQS::Queue
            Outputs:
              ChargeName: {Value: !Ref Charge}
              ChargeArn: {Value: !GetAtt Charge.Arn}
              Sentence: {Value: !Sub "it is ${Charge.Arn} indeed"}
              TakeName: {Value: !Ref Take}
              ChargesQueue: {Value: !GetAtt Queue.Arn}
            """;

    @Test
    void aFunctionThatCannotRunGoesWithTheOutputsThatNameIt() {
        ObjectNode template = TemplateText.read(TEMPLATE);

        assertThat(SkippedFunctions.remove(template, runtime -> runtime.family() == Family.NODEJS))
                .hasToString("{Charge=python3.14}");

        assertThat(template.get("Resources").fieldNames()).toIterable().containsExactly("Take", "Queue");
        assertThat(template.get("Outputs").fieldNames()).toIterable().containsExactly("TakeName", "ChargesQueue");
    }

    @Test
    void whatCanRunStaysAsItWas() {
        ObjectNode template = TemplateText.read(TEMPLATE);

        assertThat(SkippedFunctions.remove(template, runtime -> true)).isEmpty();

        assertThat(template).isEqualTo(TemplateText.read(TEMPLATE));
    }
}
