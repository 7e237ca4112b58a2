package virga.services.lambda;

import java.util.Map;
import java.util.TreeMap;
import virga.cloud.provision.Properties;
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
        Properties properties = request.properties();
        AliasConfiguration alias = request.call(
                Lambda.CREATE_ALIAS,
                CreateAliasRequest.builder()
                        .functionName(properties.requiredText("FunctionName"))
                        .name(properties.requiredText("Name"))
                        .functionVersion(properties.requiredText("FunctionVersion"))
                        .description(request.properties().text("Description", ""))
                        .routingConfig(routing(properties))
                        .build());
        String arn = alias.aliasArn().orElseThrow();
        return new Provisioned(arn, Map.of("AliasArn", arn));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Properties properties = request.properties();
        request.call(
                Lambda.UPDATE_ALIAS,
                UpdateAliasRequest.builder()
                        .functionName(properties.requiredText("FunctionName"))
                        .name(properties.requiredText("Name"))
                        .functionVersion(properties.requiredText("FunctionVersion"))
                        .description(request.properties().text("Description", ""))
                        .routingConfig(routing(properties))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.DELETE_ALIAS,
                DeleteAliasRequest.builder()
                        .functionName(request.properties().requiredText("FunctionName"))
                        .name(request.properties().requiredText("Name"))
                        .build());
    }

    private static AliasRoutingConfiguration routing(Properties properties) {
        Map<String, Double> weights = new TreeMap<>();
        for (Properties weight : properties.object("RoutingConfig").objects("AdditionalVersionWeights")) {
            weights.put(weight.requiredText("FunctionVersion"), weight.number("FunctionWeight", 0.0));
        }
        return AliasRoutingConfiguration.builder()
                .additionalVersionWeights(weights)
                .build();
    }
}
