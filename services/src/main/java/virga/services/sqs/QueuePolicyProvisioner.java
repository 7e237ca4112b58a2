package virga.services.sqs;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.SetQueueAttributesRequest;
import virga.model.sqs.Sqs;

/** {@code AWS::SQS::QueuePolicy}. Source: its page in the CloudFormation Template Reference. */
final class QueuePolicyProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::SQS::QueuePolicy";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none().inPlace("PolicyDocument/**", "Queues/[]").requiring("PolicyDocument", "Queues");
    }

    @Override
    public Provisioned create(Provisioning request) {
        apply(request, queues(request.properties()), request.properties().requiredDocument("PolicyDocument"));
        return new Provisioned(request.generatedName(128), Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Set<String> dropped = queues(previous);
        dropped.removeAll(queues(request.properties()));
        apply(request, dropped, "");
        apply(request, queues(request.properties()), request.properties().requiredDocument("PolicyDocument"));
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        for (String queue : queues(request.properties())) {
            request.unlessGone(QueueDoesNotExist.class, () -> apply(request, Set.of(queue), ""));
        }
    }

    private static Set<String> queues(Properties properties) {
        return new HashSet<>(properties.texts("Queues"));
    }

    private static void apply(Provisioning request, Set<String> urls, String policy) {
        for (String url : urls.stream().sorted().toList()) {
            request.call(
                    Sqs.SET_QUEUE_ATTRIBUTES,
                    SetQueueAttributesRequest.builder()
                            .queueUrl(url)
                            .attributes(Map.of("Policy", policy))
                            .build());
        }
    }
}
