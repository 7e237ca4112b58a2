package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Bug;
import virga.model.lambda.AddPermissionRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.RemovePermissionRequest;
import virga.model.lambda.ResourceConflictException;
import virga.model.lambda.ResourceNotFoundException;

/** {@code AWS::Lambda::Permission}: every change replaces it. Source: its page in the CloudFormation Template Reference. */
final class PermissionProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::Permission";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing(
                        "Action",
                        "EventSourceToken",
                        "FunctionName",
                        "FunctionUrlAuthType",
                        "Principal",
                        "PrincipalOrgID",
                        "SourceAccount",
                        "SourceArn")
                .requiring("Action", "FunctionName", "Principal")
                .unsupported("InvokedViaFunctionUrl");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        String id = request.generatedName(100);
        try {
            request.call(
                    Lambda.ADD_PERMISSION,
                    AddPermissionRequest.builder()
                            .functionName(properties.get("FunctionName").asText())
                            .statementId(id)
                            .action(properties.get("Action").asText())
                            .principal(properties.get("Principal").asText())
                            .sourceArn(text(properties, "SourceArn"))
                            .sourceAccount(text(properties, "SourceAccount"))
                            .eventSourceToken(text(properties, "EventSourceToken"))
                            .functionUrlAuthType(text(properties, "FunctionUrlAuthType"))
                            .principalOrgID(text(properties, "PrincipalOrgID"))
                            .build());
        } catch (ResourceConflictException madeBefore) {
            // The id follows from the step's token: an earlier run of this very step made it.
        }
        return new Provisioned(id, Map.of("Id", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        throw new Bug("every property of a permission replaces it");
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.REMOVE_PERMISSION,
                    RemovePermissionRequest.builder()
                            .functionName(
                                    request.properties().get("FunctionName").asText())
                            .statementId(current.physicalId())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // It went with its function.
        }
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
