package virga.services.iam;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;

/**
 * {@code AWS::IAM::Policy}: an inline policy of several roles, users and groups. Source: its page in the CloudFormation Template Reference.
 */
final class PolicyProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::IAM::Policy";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .requiring("PolicyName", "PolicyDocument")
                .inPlace("PolicyName", "PolicyDocument/**", "Roles/[]", "Users/[]", "Groups/[]");
    }

    @Override
    public Provisioned create(Provisioning request) {
        boolean held = Arrays.stream(PolicyHolder.values())
                .anyMatch(kind -> !request.properties().texts(kind.property()).isEmpty());
        if (!held) {
            throw new Fault("ValidationError", 400, "At least one of [Groups,Roles,Users] must be non-empty.");
        }
        apply(request);
        String id = request.generatedName(64);
        return new Provisioned(id, Map.of("Id", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        apply(request);
        String name = request.properties().text("PolicyName", "");
        String before = previous.requiredText("PolicyName");
        for (PolicyHolder kind : PolicyHolder.values()) {
            List<String> dropped = before.equals(name)
                    ? request.properties().dropped(previous, kind.property())
                    : previous.texts(kind.property());
            dropped.forEach(holder -> kind.delete(request, holder, before));
        }
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        for (PolicyHolder kind : PolicyHolder.values()) {
            for (String holder : request.properties().texts(kind.property())) {
                kind.delete(request, holder, request.properties().text("PolicyName", ""));
            }
        }
    }

    private static void apply(Provisioning request) {
        String document = request.properties().requiredDocument("PolicyDocument");
        for (PolicyHolder kind : PolicyHolder.values()) {
            for (String holder : request.properties().texts(kind.property())) {
                kind.put(request, holder, request.properties().text("PolicyName", ""), document);
            }
        }
    }
}
