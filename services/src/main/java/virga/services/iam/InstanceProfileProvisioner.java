package virga.services.iam;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.iam.AddRoleToInstanceProfileRequest;
import virga.model.iam.DeleteInstanceProfileRequest;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetInstanceProfileRequest;
import virga.model.iam.Iam;
import virga.model.iam.InstanceProfile;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.RemoveRoleFromInstanceProfileRequest;
import virga.model.iam.Role;

/** {@code AWS::IAM::InstanceProfile}. Source: its page in the CloudFormation Template Reference. */
final class InstanceProfileProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 128;

    @Override
    public String type() {
        return "AWS::IAM::InstanceProfile";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .requiring("Roles")
                .replacing("InstanceProfileName", "Path")
                .inPlace("Roles/[]");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("InstanceProfileName", LONGEST_NAME);
        request.callUnlessMade(
                EntityAlreadyExistsException.class,
                Iam.CREATE_INSTANCE_PROFILE,
                request.properties().as(Iam.CREATE_INSTANCE_PROFILE).toBuilder()
                        .instanceProfileName(name)
                        .tags(Tags.list(request.allTags()))
                        .build(),
                () -> Tags.map(profile(request, name).tags()));
        request.completeOrDelete(() -> put(request, name), () -> delete(request, new Provisioned(name, Map.of())));
        return provisioned(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        put(request, current.physicalId());
        return provisioned(request, current.physicalId());
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.unlessGone(NoSuchEntityException.class, () -> {
            clear(request, current.physicalId());
            request.call(
                    Iam.DELETE_INSTANCE_PROFILE,
                    DeleteInstanceProfileRequest.builder()
                            .instanceProfileName(current.physicalId())
                            .build());
        });
    }

    private static void put(Provisioning request, String name) {
        clear(request, name);
        for (String role : request.properties().texts("Roles")) {
            request.call(
                    Iam.ADD_ROLE_TO_INSTANCE_PROFILE,
                    AddRoleToInstanceProfileRequest.builder()
                            .instanceProfileName(name)
                            .roleName(role)
                            .build());
        }
    }

    private static void clear(Provisioning request, String name) {
        for (Role role : profile(request, name).roles()) {
            request.call(
                    Iam.REMOVE_ROLE_FROM_INSTANCE_PROFILE,
                    RemoveRoleFromInstanceProfileRequest.builder()
                            .instanceProfileName(name)
                            .roleName(role.roleName().orElseThrow())
                            .build());
        }
    }

    private static Provisioned provisioned(Provisioning request, String name) {
        return new Provisioned(name, Map.of("Arn", profile(request, name).arn().orElseThrow()));
    }

    private static InstanceProfile profile(Provisioning request, String name) {
        return request.call(
                        Iam.GET_INSTANCE_PROFILE,
                        GetInstanceProfileRequest.builder()
                                .instanceProfileName(name)
                                .build())
                .instanceProfile()
                .orElseThrow();
    }
}
