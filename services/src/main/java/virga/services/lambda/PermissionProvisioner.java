package virga.services.lambda;

import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
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
        String id = request.generatedName(100);
        try {
            request.call(
                    Lambda.ADD_PERMISSION,
                    request.properties().as(Lambda.ADD_PERMISSION).toBuilder()
                            .statementId(id)
                            .build());
        } catch (ResourceConflictException madeBefore) {
            // The id follows from the step's token: an earlier run of this very step made it.
        }
        return new Provisioned(id, Map.of("Id", id));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.REMOVE_PERMISSION,
                RemovePermissionRequest.builder()
                        .functionName(request.properties().requiredText("FunctionName"))
                        .statementId(current.physicalId())
                        .build());
    }
}
