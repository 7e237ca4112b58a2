package virga.services.iam;

import virga.cloud.Binder;
import virga.cloud.Service;
import virga.model.ServiceModel;
import virga.model.iam.Iam;

/** AWS Identity and Access Management. */
public final class IamService implements Service {
    private final IamLimits limits;

    public IamService() {
        this(IamLimits.AWS);
    }

    public IamService(IamLimits limits) {
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return Iam.MODEL;
    }

    @Override
    public void bind(Binder binder) {
        new Roles(limits).bind(binder);
        new RolePolicies(limits).bind(binder);
        new Users(limits).bind(binder);
        new UserPolicies(limits).bind(binder);
        new UserCredentials(limits).bind(binder);
        new Groups(limits).bind(binder);
        new GroupPolicies(limits).bind(binder);
        new Policies(limits).bind(binder);
        new PolicyVersions(limits).bind(binder);
        new InstanceProfiles(limits).bind(binder);
        new AccountOperations(limits).bind(binder);
        binder.provisioner(new RoleProvisioner());
        binder.provisioner(new PolicyProvisioner());
        binder.provisioner(new ManagedPolicyProvisioner());
        binder.provisioner(new UserProvisioner());
        binder.provisioner(new InstanceProfileProvisioner());
        binder.identityPolicies(new IamPolicies());
        binder.resourcePolicies(new TrustPolicies());
    }
}
