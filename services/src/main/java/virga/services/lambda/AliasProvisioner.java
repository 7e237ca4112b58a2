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
import virga.model.lambda.DeleteAliasRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.UpdateAliasRequest;

/** {@code AWS::Lambda::Alias}. Source: its page in the CloudFormation Template Reference. */
final class AliasProvisioner implements Provisioner {
    /** What an update goes back to where the template says nothing. */
    private static final UpdateAliasRequest OTHERWISE =
            UpdateAliasRequest.builder().description("").build();

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
        AliasConfiguration alias = request.call(
                Lambda.CREATE_ALIAS,
                alias(request).as(Lambda.CREATE_ALIAS).toBuilder()
                        .routingConfig(routing(request))
                        .build());
        String arn = alias.aliasArn().orElseThrow();
        return new Provisioned(arn, Map.of("AliasArn", arn));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        request.call(
                Lambda.UPDATE_ALIAS,
                alias(request).as(Lambda.UPDATE_ALIAS, OTHERWISE).toBuilder()
                        .routingConfig(routing(request))
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

    /** Unlike the operations, the template has the weights of other versions as a list. */
    private static Properties alias(Provisioning request) {
        return request.properties().without("RoutingConfig");
    }

    private static AliasRoutingConfiguration routing(Provisioning request) {
        Properties routing = request.properties().object("RoutingConfig");
        Map<String, Double> weights = new TreeMap<>();
        for (Properties weight : routing.objects("AdditionalVersionWeights")) {
            weights.put(weight.requiredText("FunctionVersion"), weight.number("FunctionWeight", 0.0));
        }
        return AliasRoutingConfiguration.builder()
                .additionalVersionWeights(weights)
                .build();
    }
}
