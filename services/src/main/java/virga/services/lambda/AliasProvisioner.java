package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.lambda.AliasConfiguration;
import virga.model.lambda.AliasRoutingConfiguration;
import virga.model.lambda.CreateAliasRequest;
import virga.model.lambda.DeleteAliasRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.UpdateAliasRequest;

/** {@code AWS::Lambda::Alias}. Source: its page in the CloudFormation Template Reference. */
final class AliasProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::Alias";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("FunctionName", "Name")
                .inPlace(
                        "Description",
                        "FunctionVersion",
                        "RoutingConfig/AdditionalVersionWeights/[]/FunctionVersion",
                        "RoutingConfig/AdditionalVersionWeights/[]/FunctionWeight")
                .requiring("FunctionName", "FunctionVersion", "Name")
                .unsupported("ProvisionedConcurrencyConfig");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        AliasConfiguration alias = request.call(
                Lambda.CREATE_ALIAS,
                CreateAliasRequest.builder()
                        .functionName(properties.get("FunctionName").asText())
                        .name(properties.get("Name").asText())
                        .functionVersion(properties.get("FunctionVersion").asText())
                        .description(request.text("Description", ""))
                        .routingConfig(routing(properties))
                        .build());
        String arn = alias.aliasArn().orElseThrow();
        return new Provisioned(arn, Map.of("AliasArn", arn));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        request.call(
                Lambda.UPDATE_ALIAS,
                UpdateAliasRequest.builder()
                        .functionName(properties.get("FunctionName").asText())
                        .name(properties.get("Name").asText())
                        .functionVersion(properties.get("FunctionVersion").asText())
                        .description(request.text("Description", ""))
                        .routingConfig(routing(properties))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.DELETE_ALIAS,
                    DeleteAliasRequest.builder()
                            .functionName(
                                    request.properties().get("FunctionName").asText())
                            .name(request.properties().get("Name").asText())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // It went with its function.
        }
    }

    private static AliasRoutingConfiguration routing(JsonNode properties) {
        Map<String, Double> weights = new TreeMap<>();
        for (JsonNode weight : properties.path("RoutingConfig").path("AdditionalVersionWeights")) {
            weights.put(
                    weight.path("FunctionVersion").asText(),
                    weight.path("FunctionWeight").asDouble());
        }
        return AliasRoutingConfiguration.builder()
                .additionalVersionWeights(weights)
                .build();
    }
}
