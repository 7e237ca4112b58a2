package virga.services.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.testing.TestingCloud;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.iam.CreateRoleRequest;
import virga.model.iam.CreateUserRequest;
import virga.model.iam.Iam;
import virga.model.iam.ListRolesRequest;
import virga.model.iam.ListUsersRequest;
import virga.model.iam.PutRolePolicyRequest;
import virga.model.sts.AssumeRoleRequest;
import virga.model.sts.AssumeRoleResponse;
import virga.model.sts.GetAccessKeyInfoRequest;
import virga.model.sts.GetCallerIdentityRequest;
import virga.model.sts.GetSessionTokenRequest;
import virga.model.sts.Sts;
import virga.services.iam.IamService;

final class StsServiceTest {
    private static final String ACCOUNT = "000000000000";
    private static final String ROLE = "arn:aws:iam::000000000000:role/deploy";
    private static final String USER = "arn:aws:iam::000000000000:user/ada";
    private static final String LIST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListRoles","iam:ListUsers"],"Resource":"*"}]}""";

    private final TestingCloud cloud = new TestingCloud(new IamService(), new StsService());

    @AfterEach
    void close() {
        cloud.close();
    }

    /** A role that {@code ada} may assume. */
    private void role() {
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("ada").build());
        cloud.call(Iam.CREATE_USER, CreateUserRequest.builder().userName("eve").build());
        String trust = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",\
                "Condition":{"StringEquals":{"sts:ExternalId":"42"}}}]}""".formatted(USER);
        cloud.call(
                Iam.CREATE_ROLE,
                CreateRoleRequest.builder()
                        .roleName("deploy")
                        .assumeRolePolicyDocument(trust)
                        .build());
        cloud.call(
                Iam.PUT_ROLE_POLICY,
                PutRolePolicyRequest.builder()
                        .roleName("deploy")
                        .policyName("list")
                        .policyDocument(LIST)
                        .build());
    }

    private void enforce() {
        cloud.cloud()
                .change(
                        cloud.environment().name(),
                        cloud.environment().settings().withAuthorization(Settings.Authorization.ENFORCE));
    }

    private static AssumeRoleRequest.Builder request() {
        return AssumeRoleRequest.builder().roleArn(ROLE).roleSessionName("s1").externalId("42");
    }

    private AssumeRoleResponse assume(String user, AssumeRoleRequest.Builder request) {
        return cloud.environment()
                .call(cloud.callAs(new Principal.User(ACCOUNT, user)), Sts.ASSUME_ROLE, request.build());
    }

    private AccessKeys.Identity holder(AssumeRoleResponse answer) {
        String id = answer.credentials().orElseThrow().accessKeyId().orElseThrow();
        return cloud.environment().read(reading -> AccessKeys.find(reading, id)).orElseThrow();
    }

    @Test
    void theRootUserIsItsAccount() {
        var answer = cloud.call(
                Sts.GET_CALLER_IDENTITY, GetCallerIdentityRequest.builder().build());
        assertThat(answer.account()).contains(ACCOUNT);
        assertThat(answer.userId()).contains(ACCOUNT);
        assertThat(answer.arn()).contains("arn:aws:iam::000000000000:root");
    }

    @Test
    void anAssumedRoleActsAsItsSession() {
        role();
        enforce();
        AssumeRoleResponse answer = assume("ada", request());
        assertThat(answer.assumedRoleUser().orElseThrow().arn())
                .contains("arn:aws:sts::000000000000:assumed-role/deploy/s1");
        Principal session = holder(answer).principal();
        var identity = cloud.environment()
                .call(
                        cloud.callAs(session),
                        Sts.GET_CALLER_IDENTITY,
                        GetCallerIdentityRequest.builder().build());
        assertThat(identity.arn())
                .isEqualTo(answer.assumedRoleUser().orElseThrow().arn());
        assertThat(identity.userId())
                .contains(answer.assumedRoleUser().orElseThrow().assumedRoleId().orElseThrow());
        cloud.environment()
                .call(
                        cloud.callAs(session),
                        Iam.LIST_ROLES,
                        ListRolesRequest.builder().build());
    }

    @Test
    void aRoleIsNotAssumedAgainstItsTrustPolicy() {
        role();
        enforce();
        assertThatThrownBy(() -> assume("eve", request()))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "User: arn:aws:iam::000000000000:user/eve is not authorized to perform: sts:AssumeRole on resource: "
                                + ROLE);
        assertThatThrownBy(() -> assume("ada", request().externalId(null))).isInstanceOf(Fault.class);
    }

    @Test
    void theRootOfAnotherAccountNeedsATrustPolicyToo() {
        role();
        enforce();
        var stranger = cloud.callAs(new Principal.Root("222222222222"));
        var call = new virga.kernel.Call(
                stranger.requestId(),
                stranger.scope().withAccount("222222222222"),
                stranger.principal(),
                stranger.cause(),
                stranger.at(),
                stranger.deadline(),
                "",
                virga.kernel.Call.Recording.FULL);
        assertThatThrownBy(() -> cloud.environment()
                        .call(call, Sts.ASSUME_ROLE, request().build()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
    }

    @Test
    void aSessionPolicyLimitsTheRole() {
        role();
        enforce();
        String onlyUsers = LIST.replace("\"iam:ListRoles\",", "");
        AssumeRoleResponse answer = assume("ada", request().policy(onlyUsers));
        assertThat(answer.packedPolicySize().orElseThrow()).isBetween(1, 100);
        Principal session = holder(answer).principal();
        cloud.environment()
                .call(
                        cloud.callAs(session),
                        Iam.LIST_USERS,
                        ListUsersRequest.builder().build());
        assertThatThrownBy(() -> cloud.environment()
                        .call(
                                cloud.callAs(session),
                                Iam.LIST_ROLES,
                                ListRolesRequest.builder().build()))
                .hasMessageContaining("because no session policy allows the iam:ListRoles action");
    }

    @Test
    void aRoleThatIsNotThereIsDenied() {
        assertThatThrownBy(() -> cloud.call(Sts.ASSUME_ROLE, request().build()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("AccessDenied"));
    }

    @Test
    void aSessionLastsNoLongerThanTheRoleAllows() {
        role();
        assertThatThrownBy(() -> assume("ada", request().durationSeconds(7200)))
                .hasMessage("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        AccessKeys.Identity identity = holder(assume("ada", request().durationSeconds(900)));
        assertThat(identity.credentials().expiration())
                .isBetween(
                        cloud.call().at().plus(Duration.ofSeconds(800)),
                        cloud.call().at().plus(Duration.ofSeconds(901)));
    }

    @Test
    void whatStsAsksIamLeavesNoRecord() {
        role();
        int before = cloud.records().size();
        assume("ada", request());
        assertThat(cloud.records().subList(before, cloud.records().size()))
                .extracting(CallRecord::operation)
                .containsExactly("AssumeRole");
    }

    @Test
    void aSessionGetsNoSessionToken() {
        assertThat(cloud.call(
                                Sts.GET_SESSION_TOKEN,
                                GetSessionTokenRequest.builder().build())
                        .credentials())
                .isPresent();
        assertThatThrownBy(() -> cloud.environment()
                        .call(
                                cloud.callAs(new Principal.RoleSession(ACCOUNT, "r", "s")),
                                Sts.GET_SESSION_TOKEN,
                                GetSessionTokenRequest.builder().build()))
                .hasMessage("Cannot call GetSessionToken with session credentials");
    }

    @Test
    void anAccessKeyNamesItsAccount() {
        String id = cloud.cloud().rootKey(cloud.environment().name()).accessKeyId();
        assertThat(cloud.call(
                                Sts.GET_ACCESS_KEY_INFO,
                                GetAccessKeyInfoRequest.builder()
                                        .accessKeyId(id)
                                        .build())
                        .account())
                .contains(ACCOUNT);
    }
}
