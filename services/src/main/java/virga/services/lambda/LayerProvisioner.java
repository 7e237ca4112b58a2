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
import virga.model.lambda.PublishLayerVersionRequest;

/** {@code AWS::Lambda::LayerVersion}: every change makes a new version. Source: its page in the CloudFormation Template Reference. */
final class LayerProvisioner implements Provisioner {
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
        Properties properties = request.properties();
        Properties content = properties.object("Content");
        String name = request.properties().text("LayerName", "");
        String arn = request.call(
                        Lambda.PUBLISH_LAYER_VERSION,
                        PublishLayerVersionRequest.builder()
                                .layerName(name.isEmpty() ? request.generatedName(64) : name)
                                .description(request.properties().text("Description", ""))
                                .licenseInfo(request.properties().text("LicenseInfo", ""))
                                .compatibleRuntimes(properties.texts("CompatibleRuntimes"))
                                .compatibleArchitectures(properties.texts("CompatibleArchitectures"))
                                .content(LayerVersionContentInput.builder()
                                        .s3Bucket(content.requiredText("S3Bucket"))
                                        .s3Key(content.requiredText("S3Key"))
                                        .s3ObjectVersion(content.text("S3ObjectVersion", null))
                                        .build())
                                .build())
                .layerVersionArn()
                .orElseThrow();
        return new Provisioned(arn, Map.of("LayerVersionArn", arn));
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
