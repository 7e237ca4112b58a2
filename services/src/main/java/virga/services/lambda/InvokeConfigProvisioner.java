package virga.services.lambda;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.lambda.DeleteFunctionEventInvokeConfigRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.ResourceNotFoundException;

/** {@code AWS::Lambda::EventInvokeConfig}. Source: its page in the CloudFormation Template Reference. */
final class InvokeConfigProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::EventInvokeConfig";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("FunctionName", "Qualifier")
                .inPlace(
                        "DestinationConfig/OnFailure/Destination",
                        "DestinationConfig/OnSuccess/Destination",
                        "MaximumEventAgeInSeconds",
                        "MaximumRetryAttempts")
                .requiring("FunctionName", "Qualifier");
    }

    @Override
    public Provisioned create(Provisioning request) {
        put(request);
        return new Provisioned(request.generatedName(128), Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        put(request);
        return current;
    }

    private static void put(Provisioning request) {
        request.call(
                Lambda.PUT_FUNCTION_EVENT_INVOKE_CONFIG,
                request.properties().as(Lambda.PUT_FUNCTION_EVENT_INVOKE_CONFIG));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.DELETE_FUNCTION_EVENT_INVOKE_CONFIG,
                DeleteFunctionEventInvokeConfigRequest.builder()
                        .functionName(request.properties().requiredText("FunctionName"))
                        .qualifier(request.properties().requiredText("Qualifier"))
                        .build());
    }
}
