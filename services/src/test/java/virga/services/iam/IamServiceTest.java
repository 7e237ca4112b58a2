package virga.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.authorize.PolicyGrammar;
import virga.cloud.authorize.PolicyKind;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.iam.AddUserToGroupRequest;
import virga.model.iam.AttachRolePolicyRequest;
import virga.model.iam.CreateAccessKeyRequest;
import virga.model.iam.CreateGroupRequest;
import virga.model.iam.CreatePolicyRequest;
import virga.model.iam.CreatePolicyVersionRequest;
import virga.model.iam.CreateRoleRequest;
import virga.model.iam.CreateUserRequest;
import virga.model.iam.DeletePolicyRequest;
import virga.model.iam.DeleteRolePolicyRequest;
import virga.model.iam.DeleteRoleRequest;
import virga.model.iam.DetachRolePolicyRequest;
import virga.model.iam.GetPolicyRequest;
import virga.model.iam.GetPolicyVersionRequest;
import virga.model.iam.GetRolePolicyRequest;
import virga.model.iam.GetRoleRequest;
import virga.model.iam.GetRoleResponse;
import virga.model.iam.GetUserRequest;
import virga.model.iam.Iam;
import virga.model.iam.ListPoliciesRequest;
import virga.model.iam.ListRolesRequest;
import virga.model.iam.ListRolesResponse;
import virga.model.iam.ListUsersRequest;
import virga.model.iam.PutGroupPolicyRequest;
import virga.model.iam.PutRolePolicyRequest;
import virga.model.iam.Role;
import virga.model.iam.Tag;
import virga.model.iam.UpdateAccessKeyRequest;
import virga.model.iam.UpdateUserRequest;

final class IamServiceTest {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},\
            "Action":"sts:AssumeRole"}]}""";
    private static final String LIST_ROLES = """
            {"Version":"2012-10-17","Statement":[{"Sid":"List","Effect":"Allow","Action":"iam:ListRoles","Resource":"*"}]}""";
    private static final String BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    private static final String ACCOUNT = "000000000000";

    private final TestingCloud cloud = new TestingCloud(new IamService());

    @AfterEach
    void close() {
        cloud.close();
    }

    private Role role(String name) {
        return cloud.call(Iam.CREATE_ROLE, role().roleName(name).build()).role().orElseThrow();
    }

    private static CreateRoleRequest.Builder role() {
        return CreateRoleRequest.builder().assumeRolePolicyDocument(TRUST);
    }

    private void putRolePolicy(String role, String name, String document) {
        cloud.call(
                Iam.PUT_ROLE_POLICY,
                PutRolePolicyRequest.builder()
                        .roleName(role)
                        .policyName(name)
                        .policyDocument(document)
                        .build());
    }

    private <I extends Structure, O extends Structure> void assertFault(
            Operation<I, O> operation, I input, String code, String message) {
        assertThatThrownBy(() -> cloud.call(operation, input)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault).hasMessage(message);
        });
    }

    @Test
    void aRoleIsAnsweredAsItWasMade() {
        cloud.call(
                Iam.CREATE_ROLE,
                role().roleName("orders")
                        .path("/service/")
                        .description("ships")
                        .maxSessionDuration(7200)
                        .tags(List.of(Tag.builder().key("team").value("blue").build()))
                        .build());
        GetRoleResponse answer = cloud.call(
                Iam.GET_ROLE, GetRoleRequest.builder().roleName("orders").build());
        Role role = answer.role().orElseThrow();
        assertThat(role.arn()).contains("arn:aws:iam::000000000000:role/service/orders");
        assertThat(role.roleId().orElseThrow()).startsWith("AROA").hasSize(21);
        assertThat(role.maxSessionDuration()).contains(7200);
        assertThat(role.description()).contains("ships");
        assertThat(role.tags())
                .containsExactly(Tag.builder().key("team").value("blue").build());
        String document = role.assumeRolePolicyDocument().orElseThrow();
        assertThat(document).startsWith("%7B%22Version%22%3A");
        assertThat(URLDecoder.decode(document, StandardCharsets.UTF_8)).isEqualTo(TRUST);
    }

    @Test
    void aRoleThatIsNotThereIsSaidToBeMissing() {
        assertFault(
                Iam.GET_ROLE,
                GetRoleRequest.builder().roleName("x").build(),
                "NoSuchEntity",
                "The role with name x cannot be found.");
    }

    @Test
    void namesAreUniqueWhateverTheirCase() {
        role("Orders");
        assertFault(
                Iam.CREATE_ROLE,
                role().roleName("orders").build(),
                "EntityAlreadyExists",
                "Role with name orders already exists.");
    }

    @Test
    void aRoleThatHasPoliciesIsNotDeleted() {
        role("orders");
        putRolePolicy("orders", "list", LIST_ROLES);
        cloud.call(
                Iam.ATTACH_ROLE_POLICY,
                AttachRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyArn(BASIC)
                        .build());
        DeleteRoleRequest delete =
                DeleteRoleRequest.builder().roleName("orders").build();
        assertFault(Iam.DELETE_ROLE, delete, "DeleteConflict", "Cannot delete entity, must detach all policies first.");
        cloud.call(
                Iam.DETACH_ROLE_POLICY,
                DetachRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyArn(BASIC)
                        .build());
        assertFault(Iam.DELETE_ROLE, delete, "DeleteConflict", "Cannot delete entity, must delete policies first.");
        cloud.call(
                Iam.DELETE_ROLE_POLICY,
                DeleteRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyName("list")
                        .build());
        cloud.call(Iam.DELETE_ROLE, delete);
        assertThat(cloud.call(Iam.LIST_ROLES, ListRolesRequest.builder().build())
                        .roles())
                .isEmpty();
    }

    @Test
    void aTrustPolicyThatNamesAnUnknownUserIsRefused() {
        String trust =
                TRUST.replace("\"Service\":\"lambda.amazonaws.com\"", "\"AWS\":\"arn:aws:iam::000000000000:user/eve\"");
        assertFault(
                Iam.CREATE_ROLE,
                role().roleName("r").assumeRolePolicyDocument(trust).build(),
                "MalformedPolicyDocument",
                "Invalid principal in policy: \"AWS\":\"arn:aws:iam::000000000000:user/eve\"");
    }

    @Test
    void inlinePoliciesHaveRoomForSoMuchTogether() {
        role("orders");
        String filler = "x".repeat(6000);
        putRolePolicy("orders", "a", LIST_ROLES.replace("iam:ListRoles", "iam:" + filler));
        assertFault(
                Iam.PUT_ROLE_POLICY,
                PutRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyName("b")
                        .policyDocument(LIST_ROLES.replace("iam:ListRoles", "iam:" + filler))
                        .build(),
                "LimitExceeded",
                "Maximum policy size of 10240 bytes exceeded for role orders");
        assertFault(
                Iam.GET_ROLE_POLICY,
                GetRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyName("b")
                        .build(),
                "NoSuchEntity",
                "The role policy with name b cannot be found.");
    }

    @Test
    void listsGoOnBehindTheirMarker() {
        List.of("c", "a", "b").forEach(this::role);
        ListRolesResponse first = cloud.call(
                Iam.LIST_ROLES, ListRolesRequest.builder().maxItems(2).build());
        assertThat(first.roles())
                .extracting(role -> role.roleName().orElseThrow())
                .containsExactly("a", "b");
        assertThat(first.isTruncated()).contains(true);
        ListRolesResponse second = cloud.call(
                Iam.LIST_ROLES,
                ListRolesRequest.builder().marker(first.marker().orElseThrow()).build());
        assertThat(second.roles())
                .extracting(role -> role.roleName().orElseThrow())
                .containsExactly("c");
        assertThat(second.isTruncated()).contains(false);
        assertThat(second.marker()).isEmpty();
    }

    @Test
    void aManagedPolicyKeepsFiveVersions() {
        String arn = cloud.call(
                        Iam.CREATE_POLICY,
                        CreatePolicyRequest.builder()
                                .policyName("list")
                                .policyDocument(LIST_ROLES)
                                .build())
                .policy()
                .orElseThrow()
                .arn()
                .orElseThrow();
        CreatePolicyVersionRequest next = CreatePolicyVersionRequest.builder()
                .policyArn(arn)
                .policyDocument(LIST_ROLES.replace("ListRoles", "ListUsers"))
                .setAsDefault(true)
                .build();
        for (int i = 0; i < 4; i++) {
            cloud.call(Iam.CREATE_POLICY_VERSION, next);
        }
        assertFault(
                Iam.CREATE_POLICY_VERSION,
                next,
                "LimitExceeded",
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing"
                        + " version.");
        assertThat(cloud.call(
                                Iam.GET_POLICY,
                                GetPolicyRequest.builder().policyArn(arn).build())
                        .policy()
                        .orElseThrow()
                        .defaultVersionId())
                .contains("v5");
        assertThatThrownBy(() -> cloud.call(
                        Iam.DELETE_POLICY,
                        DeletePolicyRequest.builder().policyArn(arn).build()))
                .hasMessageContaining("This policy has more than one version.");
    }

    @Test
    void everyAwsManagedPolicyCanBeReadAndIsWellFormed() {
        var listed = cloud.call(
                Iam.LIST_POLICIES,
                ListPoliciesRequest.builder().scope("AWS").maxItems(1000).build());
        assertThat(listed.policies()).hasSizeGreaterThan(100);
        for (var policy : listed.policies()) {
            String document = cloud.call(
                            Iam.GET_POLICY_VERSION,
                            GetPolicyVersionRequest.builder()
                                    .policyArn(policy.arn().orElseThrow())
                                    .versionId(policy.defaultVersionId().orElseThrow())
                                    .build())
                    .policyVersion()
                    .orElseThrow()
                    .document()
                    .orElseThrow();
            PolicyGrammar.check(PolicyKind.IDENTITY, URLDecoder.decode(document, StandardCharsets.UTF_8));
        }
    }

    @Test
    void anInlinePolicyNeedsNoVersion() {
        role("orders");
        cloud.call(
                Iam.PUT_ROLE_POLICY,
                virga.model.iam.PutRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyName("as-sam-writes-it")
                        .policyDocument(
                                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}")
                        .build());
    }

    @Test
    void aPolicyOfTheAccountThatIsNotThereCannotBeAttached() {
        role("orders");
        assertFault(
                Iam.ATTACH_ROLE_POLICY,
                AttachRolePolicyRequest.builder()
                        .roleName("orders")
                        .policyArn("arn:aws:iam::000000000000:policy/none")
                        .build(),
                "NoSuchEntity",
                "Policy arn:aws:iam::000000000000:policy/none does not exist or is not attachable.");
    }

    @Test
    void aUserWithoutPoliciesIsDeniedWhereTheEnvironmentEnforces() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        enforce();
        assertThatThrownBy(
                        () -> asUser(Iam.LIST_ROLES, ListRolesRequest.builder().build()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("AccessDenied"))
                .hasMessage(
                        "User: arn:aws:iam::000000000000:user/ada is not authorized to perform: iam:ListRoles on resource: *"
                                + " because no identity-based policy allows the iam:ListRoles action");
    }

    @Test
    void whatWouldBeDeniedIsNotedWhereTheEnvironmentAudits() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        asUser(Iam.LIST_ROLES, ListRolesRequest.builder().build());
        assertThat(cloud.records().getLast().details().get(Details.WOULD_BE_DENIED))
                .contains("no identity-based policy allows the iam:ListRoles action");
    }

    @Test
    void aUserHasThePoliciesOfItsGroups() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        cloud.call(
                Iam.CREATE_GROUP,
                CreateGroupRequest.builder().groupName("readers").build());
        cloud.call(
                Iam.PUT_GROUP_POLICY,
                PutGroupPolicyRequest.builder()
                        .groupName("readers")
                        .policyName("list")
                        .policyDocument(LIST_ROLES)
                        .build());
        cloud.call(
                Iam.ADD_USER_TO_GROUP,
                AddUserToGroupRequest.builder()
                        .groupName("readers")
                        .userName("ada")
                        .build());
        enforce();
        assertThat(asUser(Iam.LIST_ROLES, ListRolesRequest.builder().build()).roles())
                .isEmpty();
        assertThatThrownBy(
                        () -> asUser(Iam.LIST_USERS, ListUsersRequest.builder().build()))
                .isInstanceOf(Fault.class);
    }

    @Test
    void anAccessKeyIsWorthNothingWhileItIsInactive() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        String id = cloud.call(
                        Iam.CREATE_ACCESS_KEY,
                        CreateAccessKeyRequest.builder().userName("ada").build())
                .accessKey()
                .orElseThrow()
                .accessKeyId()
                .orElseThrow();
        AccessKeys.Identity issued = held(id).orElseThrow();
        assertThat(issued.principal()).isEqualTo(new Principal.User(ACCOUNT, "ada"));
        updateKey(id, "Inactive");
        assertThat(held(id)).isEmpty();
        updateKey(id, "Active");
        assertThat(held(id)).contains(issued);
        cloud.call(
                Iam.UPDATE_USER,
                UpdateUserRequest.builder().userName("ada").newUserName("grace").build());
        assertThat(held(id).orElseThrow().principal()).isEqualTo(new Principal.User(ACCOUNT, "grace"));
    }

    private java.util.Optional<AccessKeys.Identity> held(String id) {
        return cloud.environment().read(reading -> AccessKeys.find(reading, id));
    }

    private void updateKey(String id, String status) {
        cloud.call(
                Iam.UPDATE_ACCESS_KEY,
                UpdateAccessKeyRequest.builder()
                        .userName("ada")
                        .accessKeyId(id)
                        .status(status)
                        .build());
    }

    @Test
    void getUserWithoutANameIsTheCaller() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        assertThat(asUser(Iam.GET_USER, GetUserRequest.builder().build())
                        .user()
                        .orElseThrow()
                        .userName())
                .contains("ada");
    }

    private void enforce() {
        cloud.cloud()
                .change(
                        cloud.environment().name(),
                        cloud.environment().settings().withAuthorization(Settings.Authorization.ENFORCE));
    }

    private <I extends Structure, O extends Structure> O asUser(Operation<I, O> operation, I input) {
        return cloud.environment().call(cloud.callAs(new Principal.User(ACCOUNT, "ada")), operation, input);
    }
}
