package virga.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Verdict;

@VirgaTest
@EnabledIf(value = "virga.junit.OnThisMachine#hasPython", disabledReason = "python3 is not installed")
@Deploy("src/test/resources/shop/python.yaml")
final class IdempotencyTest {
    private static final String ORDER = "{\"orderId\": \"o-1\"}";

    private static void order(LambdaClient lambda, String functionName) {
        lambda.invoke(request -> request.functionName(functionName)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(ORDER)));
    }

    @Test
    void aFunctionThatActsTwiceIsCaught(LambdaClient lambda, DeployedStack stack, VirgaEnvironment environment) {
        order(lambda, stack.resource("Ship"));
        assertThatThrownBy(() -> environment.assertThatFunction("Ship").isIdempotentUnder(Schedule.DUPLICATE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("duplicate effect")
                .hasMessageContaining("delivered again after success");
    }

    @Test
    void itsRepairedTwinIsProvenSafe(LambdaClient lambda, DeployedStack stack, VirgaEnvironment environment) {
        order(lambda, stack.resource("ShipOnce"));
        assertThat(environment
                        .assertThatFunction("ShipOnce")
                        .isIdempotentUnder(Schedule.DUPLICATE)
                        .verdict())
                .isEqualTo(Verdict.SAFE);
    }

    @Test
    @Enforce
    void aMissingPermissionIsRefusedWherePoliciesAreEnforced(
            LambdaClient lambda, DeployedStack stack, VirgaEnvironment environment) {
        order(lambda, stack.resource("ShipWithoutPermission"));
        environment.settle();
        assertThat(environment.lastTrace().failed()).isTrue();
        assertThat(environment.lastTrace().toString()).contains("AccessDenied");
    }
}
