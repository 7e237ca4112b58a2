package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.lambda.DeleteFunctionEventInvokeConfigRequest;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.Lambda;
import virga.model.lambda.OnFailure;
import virga.model.lambda.OnSuccess;
import virga.model.lambda.PutFunctionEventInvokeConfigRequest;
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
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        put(request);
        return current;
    }

    private static void put(Provisioning request) {
        JsonNode properties = request.properties();
        JsonNode destinations = properties.path("DestinationConfig");
        String success = destinations.path("OnSuccess").path("Destination").asText("");
        String failure = destinations.path("OnFailure").path("Destination").asText("");
        request.call(
                Lambda.PUT_FUNCTION_EVENT_INVOKE_CONFIG,
                PutFunctionEventInvokeConfigRequest.builder()
                        .functionName(properties.get("FunctionName").asText())
                        .qualifier(properties.get("Qualifier").asText())
                        .maximumEventAgeInSeconds(number(properties.path("MaximumEventAgeInSeconds")))
                        .maximumRetryAttempts(number(properties.path("MaximumRetryAttempts")))
                        .destinationConfig(DestinationConfig.builder()
                                .onSuccess(
                                        success.isEmpty()
                                                ? null
                                                : OnSuccess.builder()
                                                        .destination(success)
                                                        .build())
                                .onFailure(
                                        failure.isEmpty()
                                                ? null
                                                : OnFailure.builder()
                                                        .destination(failure)
                                                        .build())
                                .build())
                        .build());
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.DELETE_FUNCTION_EVENT_INVOKE_CONFIG,
                    DeleteFunctionEventInvokeConfigRequest.builder()
                            .functionName(
                                    request.properties().get("FunctionName").asText())
                            .qualifier(request.properties().get("Qualifier").asText())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // It went with its function.
        }
    }

    private static Integer number(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : Integer.valueOf(node.asText());
    }
}
