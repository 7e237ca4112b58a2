package virga.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
        apply(
                request,
                queues(request.properties()),
                request.properties().get("PolicyDocument").toString());
        return new Provisioned(request.generatedName(128), Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        Set<String> dropped = queues(previous);
        dropped.removeAll(queues(request.properties()));
        apply(request, dropped, "");
        apply(
                request,
                queues(request.properties()),
                request.properties().get("PolicyDocument").toString());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        for (String queue : queues(request.properties())) {
            try {
                apply(request, Set.of(queue), "");
            } catch (QueueDoesNotExist gone) {
                // Its policy went with it.
            }
        }
    }

    private static Set<String> queues(JsonNode properties) {
        Set<String> urls = new HashSet<>();
        properties.path("Queues").forEach(url -> urls.add(url.asText()));
        return urls;
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
