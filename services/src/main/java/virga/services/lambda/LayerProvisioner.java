package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Arn;
import virga.kernel.Bug;
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
        JsonNode properties = request.properties();
        JsonNode content = properties.get("Content");
        String name = request.text("LayerName", "");
        String arn = request.call(
                        Lambda.PUBLISH_LAYER_VERSION,
                        PublishLayerVersionRequest.builder()
                                .layerName(name.isEmpty() ? request.generatedName(64) : name)
                                .description(request.text("Description", ""))
                                .licenseInfo(request.text("LicenseInfo", ""))
                                .compatibleRuntimes(texts(properties.path("CompatibleRuntimes")))
                                .compatibleArchitectures(texts(properties.path("CompatibleArchitectures")))
                                .content(LayerVersionContentInput.builder()
                                        .s3Bucket(content.path("S3Bucket").asText())
                                        .s3Key(content.path("S3Key").asText())
                                        .s3ObjectVersion(
                                                content.hasNonNull("S3ObjectVersion")
                                                        ? content.get("S3ObjectVersion")
                                                                .asText()
                                                        : null)
                                        .build())
                                .build())
                .layerVersionArn()
                .orElseThrow();
        return new Provisioned(arn, Map.of("LayerVersionArn", arn));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        throw new Bug("every property of a layer version replaces it");
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

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
