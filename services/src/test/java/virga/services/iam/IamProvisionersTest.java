package virga.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.cloud.testing.TestingCloud;
import virga.model.iam.AttachedPolicy;
import virga.model.iam.CreateGroupRequest;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetPolicyRequest;
import virga.model.iam.GetRoleRequest;
import virga.model.iam.Iam;
import virga.model.iam.ListAttachedRolePoliciesRequest;
import virga.model.iam.ListGroupsForUserRequest;
import virga.model.iam.ListRolePoliciesRequest;
import virga.model.iam.ListRolesRequest;
import virga.model.iam.MalformedPolicyDocumentException;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.Role;

final class IamProvisionersTest {
    private static final String TRUST = """
            "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private static final String DOCUMENT = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}""";
    private static final String BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

    private final TestingCloud cloud = new TestingCloud(new IamService());

    @AfterEach
    void close() {
        cloud.close();
    }

    private Provisioning request(String logicalId, String properties) {
        return new Provisioning(
                cloud.environment(),
                cloud.call(),
                new Step("shop", "stack-1", logicalId, "token-" + logicalId),
                Properties.of(logicalId, json("{" + properties + "}")),
                Map.of("aws:cloudformation:stack-id", "stack-1", "aws:cloudformation:logical-id", logicalId));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Provisioned create(Provisioner provisioner, Provisioning request) {
        try {
            return provisioner.create(request);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Role role(String name) {
        return cloud.call(Iam.GET_ROLE, GetRoleRequest.builder().roleName(name).build())
                .role()
                .orElseThrow();
    }

    private List<String> inline(String role) {
        return cloud.call(
                        Iam.LIST_ROLE_POLICIES,
                        ListRolePoliciesRequest.builder().roleName(role).build())
                .policyNames();
    }

    private List<String> attached(String role) {
        return cloud
                .call(
                        Iam.LIST_ATTACHED_ROLE_POLICIES,
                        ListAttachedRolePoliciesRequest.builder().roleName(role).build())
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyArn)
                .map(java.util.Optional::orElseThrow)
                .toList();
    }

    private static String policies(String... names) {
        List<String> all = java.util.Arrays.stream(names)
                .map(name -> "{\"PolicyName\":\"" + name + "\",\"PolicyDocument\":" + DOCUMENT + "}")
                .toList();
        return "\"Policies\":[" + String.join(",", all) + "]";
    }

    @Test
    void aRoleComesWithItsPoliciesAndGoesWithThem() {
        RoleProvisioner provisioner = new RoleProvisioner();
        Provisioning request =
                request("Role", TRUST + "," + policies("a") + ",\"ManagedPolicyArns\":[\"" + BASIC + "\"]");
        Provisioned made = provisioner.create(request);
        String name = made.physicalId();
        assertThat(name).startsWith("shop-Role-").hasSize(22);
        assertThat(made.attributes()).containsEntry("Arn", role(name).arn().orElseThrow());
        assertThat(inline(name)).containsExactly("a");
        assertThat(attached(name)).containsExactly(BASIC);
        provisioner.delete(request, made);
        assertThatThrownBy(() -> role(name)).isInstanceOf(NoSuchEntityException.class);
        provisioner.delete(request, made);
    }

    @Test
    void anUpdateTakesAwayWhatTheTemplateNoLongerHas() {
        RoleProvisioner provisioner = new RoleProvisioner();
        Provisioning first =
                request("Role", TRUST + "," + policies("a", "b") + ",\"ManagedPolicyArns\":[\"" + BASIC + "\"]");
        Provisioned made = provisioner.create(first);
        Provisioning second = request(
                "Role", TRUST + "," + policies("b", "c") + ",\"Description\":\"new\",\"MaxSessionDuration\":7200");
        provisioner.update(second, made, first.properties());
        assertThat(inline(made.physicalId())).containsExactly("b", "c");
        assertThat(attached(made.physicalId())).isEmpty();
        assertThat(role(made.physicalId()).description()).contains("new");
        assertThat(role(made.physicalId()).maxSessionDuration()).contains(7200);
    }

    @Test
    void aStepThatIsRepeatedFindsItsRoleButNotAnothers() {
        RoleProvisioner provisioner = new RoleProvisioner();
        Provisioning request = request("Role", TRUST + ",\"RoleName\":\"orders\"");
        assertThat(provisioner.create(request)).isEqualTo(provisioner.create(request));
        Provisioning other = request("Other", TRUST + ",\"RoleName\":\"orders\"");
        assertThatThrownBy(() -> provisioner.create(other)).isInstanceOf(EntityAlreadyExistsException.class);
    }

    @Test
    void nothingRemainsOfARoleThatCouldNotBeMade() {
        Provisioning request = request("Role", TRUST + "," + policies("a").replace("sqs:*", "sqs"));
        assertThatThrownBy(() -> new RoleProvisioner().create(request))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThat(cloud.call(Iam.LIST_ROLES, ListRolesRequest.builder().build())
                        .roles())
                .isEmpty();
    }

    @Test
    void anInlinePolicyFollowsItsRoles() {
        String one = create(new RoleProvisioner(), request("One", TRUST)).physicalId();
        String two = create(new RoleProvisioner(), request("Two", TRUST)).physicalId();
        PolicyProvisioner provisioner = new PolicyProvisioner();
        String common = "\"PolicyName\":\"p\",\"PolicyDocument\":" + DOCUMENT;
        Provisioning first = request("Policy", common + ",\"Roles\":[\"" + one + "\"]");
        Provisioned made = provisioner.create(first);
        Provisioning second = request("Policy", common + ",\"Roles\":[\"" + two + "\"]");
        provisioner.update(second, made, first.properties());
        assertThat(inline(one)).isEmpty();
        assertThat(inline(two)).containsExactly("p");
        provisioner.delete(second, made);
        assertThat(inline(two)).isEmpty();
        assertThatThrownBy(() -> provisioner.create(request("None", common)))
                .hasMessage("At least one of [Groups,Roles,Users] must be non-empty.");
    }

    @Test
    void aManagedPolicyGetsNewVersionsAsOftenAsItChanges() {
        String role = create(new RoleProvisioner(), request("One", TRUST)).physicalId();
        ManagedPolicyProvisioner provisioner = new ManagedPolicyProvisioner();
        String roles = ",\"Roles\":[\"" + role + "\"]";
        Provisioning before = request("Managed", "\"PolicyDocument\":" + DOCUMENT + roles);
        Provisioned made = provisioner.create(before);
        for (int i = 0; i < 7; i++) {
            Provisioning next =
                    request("Managed", "\"PolicyDocument\":" + DOCUMENT.replace("sqs:*", "sqs:A" + i) + roles);
            made = provisioner.update(next, made, before.properties());
            before = next;
        }
        assertThat(made.attributes()).containsEntry("DefaultVersionId", "v8");
        assertThat(attached(role)).containsExactly(made.ref());
        provisioner.delete(before, made);
        GetPolicyRequest get = GetPolicyRequest.builder().policyArn(made.ref()).build();
        assertThatThrownBy(() -> cloud.call(Iam.GET_POLICY, get)).isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void aUserJoinsAndLeavesItsGroups() {
        cloud.call(Iam.CREATE_GROUP, CreateGroupRequest.builder().groupName("g").build());
        UserProvisioner provisioner = new UserProvisioner();
        Provisioning first = request("User", "\"UserName\":\"ada\",\"Groups\":[\"g\"]," + policies("a"));
        Provisioned made = provisioner.create(first);
        assertThat(groups("ada")).isEqualTo(1);
        provisioner.update(request("User", "\"UserName\":\"ada\""), made, first.properties());
        assertThat(groups("ada")).isZero();
        provisioner.delete(first, made);
        assertThatThrownBy(() -> groups("ada")).isInstanceOf(NoSuchEntityException.class);
    }

    private int groups(String user) {
        return cloud.call(
                        Iam.LIST_GROUPS_FOR_USER,
                        ListGroupsForUserRequest.builder().userName(user).build())
                .groups()
                .size();
    }

    @Test
    void anInstanceProfileHoldsItsRole() {
        String one = create(new RoleProvisioner(), request("One", TRUST)).physicalId();
        InstanceProfileProvisioner provisioner = new InstanceProfileProvisioner();
        Provisioning request = request("Profile", "\"Roles\":[\"" + one + "\"]");
        Provisioned made = provisioner.create(request);
        assertThat(made.attributes().get("Arn")).endsWith("instance-profile/" + made.physicalId());
        assertThat(provisioner.create(request)).isEqualTo(made);
        provisioner.delete(request, made);
        new RoleProvisioner().delete(request("One", TRUST), new Provisioned(one, Map.of()));
        assertThatThrownBy(() -> role(one)).isInstanceOf(NoSuchEntityException.class);
    }
}
