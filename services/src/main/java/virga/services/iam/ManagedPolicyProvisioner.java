package virga.services.iam;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Arn;
import virga.model.iam.CreatePolicyVersionRequest;
import virga.model.iam.DeletePolicyRequest;
import virga.model.iam.DeletePolicyVersionRequest;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetPolicyRequest;
import virga.model.iam.GetPolicyVersionRequest;
import virga.model.iam.Iam;
import virga.model.iam.ListPolicyVersionsRequest;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.Policy;
import virga.model.iam.PolicyVersion;

/** {@code AWS::IAM::ManagedPolicy}. Source: its page in the CloudFormation Template Reference. */
final class ManagedPolicyProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 128;
    private static final int MOST_VERSIONS = 5;

    @Override
    public String type() {
        return "AWS::IAM::ManagedPolicy";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .requiring("PolicyDocument")
                .replacing("ManagedPolicyName", "Path", "Description")
                .inPlace("PolicyDocument/**", "Roles/[]", "Users/[]", "Groups/[]");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("ManagedPolicyName", LONGEST_NAME);
        String path = request.properties().text("Path", "/");
        String arn = new Arn("aws", "iam", "", request.call().account(), "policy" + path + name).toString();
        request.callUnlessMade(
                EntityAlreadyExistsException.class,
                Iam.CREATE_POLICY,
                request.properties().withText("PolicyDocument").as(Iam.CREATE_POLICY).toBuilder()
                        .policyName(name)
                        .tags(Tags.list(request.allTags()))
                        .build(),
                () -> Tags.map(policy(request, arn).tags()));
        request.completeOrDelete(() -> attach(request, arn), () -> delete(request, new Provisioned(arn, Map.of())));
        return provisioned(request, arn);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String arn = current.physicalId();
        String document = request.properties().requiredDocument("PolicyDocument");
        if (!document.equals(inForce(request, arn))) {
            List<PolicyVersion> versions = versions(request, arn);
            if (versions.size() >= MOST_VERSIONS) {
                versions.stream()
                        .filter(version -> !version.isDefaultVersion().orElse(false))
                        .min(Comparator.comparing(
                                version -> version.createDate().orElseThrow()))
                        .ifPresent(oldest -> deleteVersion(request, arn, oldest));
            }
            request.call(
                    Iam.CREATE_POLICY_VERSION,
                    CreatePolicyVersionRequest.builder()
                            .policyArn(arn)
                            .policyDocument(document)
                            .setAsDefault(true)
                            .build());
        }
        attach(request, arn);
        for (PolicyHolder kind : PolicyHolder.values()) {
            request.properties()
                    .dropped(previous, kind.property())
                    .forEach(holder -> kind.detach(request, holder, arn));
        }
        return provisioned(request, arn);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        String arn = current.physicalId();
        for (PolicyHolder kind : PolicyHolder.values()) {
            request.properties().texts(kind.property()).forEach(holder -> kind.detach(request, holder, arn));
        }
        request.unlessGone(NoSuchEntityException.class, () -> {
            versions(request, arn).stream()
                    .filter(version -> !version.isDefaultVersion().orElse(false))
                    .forEach(version -> deleteVersion(request, arn, version));
            request.call(
                    Iam.DELETE_POLICY,
                    DeletePolicyRequest.builder().policyArn(arn).build());
        });
    }

    private static void attach(Provisioning request, String arn) {
        for (PolicyHolder kind : PolicyHolder.values()) {
            request.properties().texts(kind.property()).forEach(holder -> kind.attach(request, holder, arn));
        }
    }

    private static Policy policy(Provisioning request, String arn) {
        return request.call(
                        Iam.GET_POLICY,
                        GetPolicyRequest.builder().policyArn(arn).build())
                .policy()
                .orElseThrow();
    }

    private static String inForce(Provisioning request, String arn) {
        String document = request.call(
                        Iam.GET_POLICY_VERSION,
                        GetPolicyVersionRequest.builder()
                                .policyArn(arn)
                                .versionId(
                                        policy(request, arn).defaultVersionId().orElseThrow())
                                .build())
                .policyVersion()
                .orElseThrow()
                .document()
                .orElseThrow();
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    private static List<PolicyVersion> versions(Provisioning request, String arn) {
        return request.call(
                        Iam.LIST_POLICY_VERSIONS,
                        ListPolicyVersionsRequest.builder().policyArn(arn).build())
                .versions();
    }

    private static void deleteVersion(Provisioning request, String arn, PolicyVersion version) {
        request.call(
                Iam.DELETE_POLICY_VERSION,
                DeletePolicyVersionRequest.builder()
                        .policyArn(arn)
                        .versionId(version.versionId().orElseThrow())
                        .build());
    }

    private static Provisioned provisioned(Provisioning request, String arn) {
        Policy policy = policy(request, arn);
        return new Provisioned(
                arn,
                Map.of(
                        "PolicyArn", arn,
                        "PolicyId", policy.policyId().orElseThrow(),
                        "DefaultVersionId", policy.defaultVersionId().orElseThrow()));
    }
}
