package virga.services.lambda;

import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.lambda.DeleteFunctionRequest;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.Lambda;
import virga.model.lambda.ResourceNotFoundException;

/** {@code AWS::Lambda::Version}. Source: its page in the CloudFormation Template Reference. */
final class VersionProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::Version";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("CodeSha256", "Description", "FunctionName")
                .requiring("FunctionName")
                .unsupported("FunctionScalingConfig", "ProvisionedConcurrencyConfig", "RuntimePolicy");
    }

    @Override
    public Provisioned create(Provisioning request) {
        FunctionConfiguration version =
                request.call(Lambda.PUBLISH_VERSION, request.properties().as(Lambda.PUBLISH_VERSION));
        String arn = version.functionArn().orElseThrow();
        return new Provisioned(arn, Map.of("Version", version.version().orElseThrow(), "FunctionArn", arn));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.DELETE_FUNCTION,
                DeleteFunctionRequest.builder()
                        .functionName(current.physicalId())
                        .build());
    }
}
