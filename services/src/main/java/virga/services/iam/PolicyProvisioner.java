package virga.services.iam;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
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
        SortedSet<String> holders = new TreeSet<>();
        for (Granting kind : Granting.values()) {
            holders.addAll(Wanted.texts(request.properties(), kind.property()));
        }
        if (holders.isEmpty()) {
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
        for (Granting kind : Granting.values()) {
            SortedSet<String> present = Wanted.texts(request.properties(), kind.property());
            for (String holder : Wanted.texts(previous, kind.property())) {
                if (!before.equals(name) || !present.contains(holder)) {
                    Wanted.unlessGone(() -> kind.delete(request, holder, before));
                }
            }
        }
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        for (Granting kind : Granting.values()) {
            for (String holder : Wanted.texts(request.properties(), kind.property())) {
                Wanted.unlessGone(
                        () -> kind.delete(request, holder, request.properties().text("PolicyName", "")));
            }
        }
    }

    private static void apply(Provisioning request) {
        String document = request.properties().requiredDocument("PolicyDocument");
        for (Granting kind : Granting.values()) {
            for (String holder : Wanted.texts(request.properties(), kind.property())) {
                kind.put(request, holder, request.properties().text("PolicyName", ""), document);
            }
        }
    }
}
