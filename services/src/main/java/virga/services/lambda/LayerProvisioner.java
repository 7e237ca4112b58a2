package virga.services.lambda;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Arn;
import virga.model.lambda.DeleteLayerVersionRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.LayerVersionContentInput;

/** {@code AWS::Lambda::LayerVersion}: every change makes a new version. Source: its page in the CloudFormation Template Reference. */
final class LayerProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 64;

    @Override
    public String type() {
        return "AWS::Lambda::LayerVersion";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing(
                        "CompatibleArchitectures/[]",
                        "CompatibleRuntimes/[]",
                        "Content/S3Bucket",
                        "Content/S3Key",
                        "Content/S3ObjectVersion",
                        "Description",
                        "LayerName",
                        "LicenseInfo")
                .requiring("Content");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String arn = request.call(
                        Lambda.PUBLISH_LAYER_VERSION,
                        request.properties().as(Lambda.PUBLISH_LAYER_VERSION).toBuilder()
                                .layerName(request.name("LayerName", LONGEST_NAME))
                                .content(content(request.properties().object("Content")))
                                .build())
                .layerVersionArn()
                .orElseThrow();
        return new Provisioned(arn, Map.of("LayerVersionArn", arn));
    }

    /** The operation takes an archive in the request, too; a template has to name both bucket and key. */
    private static LayerVersionContentInput content(Properties content) {
        return LayerVersionContentInput.builder()
                .s3Bucket(content.requiredText("S3Bucket"))
                .s3Key(content.requiredText("S3Key"))
                .s3ObjectVersion(content.text("S3ObjectVersion", null))
                .build();
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        String[] parts = Arn.parse(current.physicalId()).resource().split(":");
        request.call(
                Lambda.DELETE_LAYER_VERSION,
                DeleteLayerVersionRequest.builder()
                        .layerName(parts[1])
                        .versionNumber(Long.parseLong(parts[2]))
                        .build());
    }
}
