package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Roles, policies and what they permit. Source: IAM API Reference; "Policies and permissions in IAM", IAM User Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class PoliciesTest {
    private static final String READS = document("s3:GetObject");

    private static String document(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"}]}";
    }

    private static IamClient iam(Account account) {
        return account.client(IamClient.builder());
    }

    private static String role(Account account, IamClient iam, String purpose) {
        String name = account.name(purpose);
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        account.afterwards(() -> iam.deleteRole(request -> request.roleName(name)));
        return name;
    }

    /** A managed policy's ARN. */
    private static String policy(Account account, IamClient iam, String purpose) {
        String arn = iam.createPolicy(
                        request -> request.policyName(account.name(purpose)).policyDocument(READS))
                .policy()
                .arn();
        account.afterwards(() -> iam.deletePolicy(request -> request.policyArn(arn)));
        return arn;
    }

    @Test
    void anInlinePolicyIsPutReadListedAndDeleted(Account account) {
        IamClient iam = iam(account);
        String role = role(account, iam, "role");
        for (String name : List.of("b", "a")) {
            iam.putRolePolicy(request -> request.roleName(role).policyName(name).policyDocument(READS));
        }
        var page = iam.listRolePolicies(request -> request.roleName(role).maxItems(1));
        assertThat(page.isTruncated()).isTrue();
        assertThat(iam.listRolePoliciesPaginator(
                                request -> request.roleName(role).maxItems(1))
                        .policyNames())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(decoded(iam.getRolePolicy(request -> request.roleName(role).policyName("a"))
                        .policyDocument()))
                .isEqualTo(READS);
        Refused.with(
                DeleteConflictException.class,
                "DeleteConflict",
                409,
                "Cannot delete entity, must delete policies first.",
                () -> iam.deleteRole(request -> request.roleName(role)));
        for (String name : List.of("a", "b")) {
            iam.deleteRolePolicy(request -> request.roleName(role).policyName(name));
        }
        Refused.with(
                NoSuchEntityException.class,
                "NoSuchEntity",
                404,
                "The role policy with name a cannot be found.",
                () -> iam.getRolePolicy(request -> request.roleName(role).policyName("a")));
    }

    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    @Test
    void aManagedPolicyIsAttachedAndKeepsWhatItIsAttachedTo(Account account) {
        IamClient iam = iam(account);
        String role = role(account, iam, "role");
        String policy = policy(account, iam, "policy");
        iam.attachRolePolicy(request -> request.roleName(role).policyArn(policy));
        iam.attachRolePolicy(request -> request.roleName(role).policyArn(policy));
        assertThat(iam.listAttachedRolePolicies(request -> request.roleName(role))
                        .attachedPolicies())
                .containsExactly(AttachedPolicy.builder()
                        .policyName(account.name("policy"))
                        .policyArn(policy)
                        .build());
        assertThat(iam.getPolicy(request -> request.policyArn(policy)).policy().attachmentCount())
                .isEqualTo(1);
        assertThat(iam.listEntitiesForPolicy(request -> request.policyArn(policy))
                        .policyRoles())
                .singleElement()
                .satisfies(found -> assertThat(found.roleName()).isEqualTo(role));
        Refused.with(
                DeleteConflictException.class,
                "DeleteConflict",
                409,
                "Cannot delete a policy attached to entities.",
                () -> iam.deletePolicy(request -> request.policyArn(policy)));
        Refused.with(
                DeleteConflictException.class,
                "DeleteConflict",
                409,
                "Cannot delete entity, must detach all policies first.",
                () -> iam.deleteRole(request -> request.roleName(role)));
        iam.detachRolePolicy(request -> request.roleName(role).policyArn(policy));
        Refused.with(
                NoSuchEntityException.class,
                "NoSuchEntity",
                404,
                "was not found",
                () -> iam.detachRolePolicy(request -> request.roleName(role).policyArn(policy)));
    }

    @Test
    void aPolicyOfAwsIsAttachedAsItIs(Account account) {
        IamClient iam = iam(account);
        String role = role(account, iam, "role");
        String arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        iam.attachRolePolicy(request -> request.roleName(role).policyArn(arn));
        account.afterwards(
                () -> iam.detachRolePolicy(request -> request.roleName(role).policyArn(arn)));
        Policy shown = iam.getPolicy(request -> request.policyArn(arn)).policy();
        assertThat(shown.path()).isEqualTo("/service-role/");
        assertThat(decoded(
                        iam.getPolicyVersion(request -> request.policyArn(arn).versionId(shown.defaultVersionId()))
                                .policyVersion()
                                .document()))
                .contains("logs:PutLogEvents");
    }

    @Test
    void aPolicyHasFiveVersionsAndOneThatHolds(Account account) {
        IamClient iam = iam(account);
        String policy = policy(account, iam, "policy");
        for (int i = 2; i <= 5; i++) {
            String action = "s3:Action" + i;
            iam.createPolicyVersion(request -> request.policyArn(policy).policyDocument(document(action)));
        }
        Refused.with(
                LimitExceededException.class,
                "LimitExceeded",
                409,
                "A managed policy can have up to 5 versions.",
                () -> iam.createPolicyVersion(
                        request -> request.policyArn(policy).policyDocument(READS)));
        assertThat(iam.getPolicy(request -> request.policyArn(policy)).policy().defaultVersionId())
                .isEqualTo("v1");
        iam.setDefaultPolicyVersion(request -> request.policyArn(policy).versionId("v5"));
        assertThat(iam.listPolicyVersions(request -> request.policyArn(policy)).versions().stream()
                        .filter(PolicyVersion::isDefaultVersion)
                        .map(PolicyVersion::versionId)
                        .toList())
                .containsExactly("v5");
        assertThat(decoded(iam.getPolicyVersion(
                                request -> request.policyArn(policy).versionId("v3"))
                        .policyVersion()
                        .document()))
                .isEqualTo(document("s3:Action3"));
        Refused.with(
                DeleteConflictException.class,
                "DeleteConflict",
                409,
                "Cannot delete the default version of a policy.",
                () -> iam.deletePolicyVersion(
                        request -> request.policyArn(policy).versionId("v5")));
        Refused.with(
                DeleteConflictException.class,
                "DeleteConflict",
                409,
                "This policy has more than one version.",
                () -> iam.deletePolicy(request -> request.policyArn(policy)));
        for (String version : List.of("v1", "v2", "v3", "v4")) {
            iam.deletePolicyVersion(request -> request.policyArn(policy).versionId(version));
        }
    }

    @Test
    void rolesAndPoliciesAreListedPageByPageUnderTheirPath(Account account) {
        IamClient iam = iam(account);
        String path = "/" + account.name("path") + "/";
        List<String> names =
                IntStream.range(0, 3).mapToObj(i -> account.name("page-" + i)).toList();
        for (String name : names) {
            iam.createRole(request -> request.roleName(name).path(path).assumeRolePolicyDocument("""
                    {"Version":"2012-10-17","Statement":[
                     {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
            account.afterwards(() -> iam.deleteRole(request -> request.roleName(name)));
            String arn = iam.createPolicy(
                            request -> request.policyName(name).path(path).policyDocument(READS))
                    .policy()
                    .arn();
            account.afterwards(() -> iam.deletePolicy(request -> request.policyArn(arn)));
        }
        var roles = iam.listRolesPaginator(request -> request.pathPrefix(path).maxItems(2));
        assertThat(roles.roles()).extracting(Role::roleName).containsExactlyElementsOf(names);
        assertThat(roles.stream().count()).isEqualTo(2);
        assertThat(iam.listPoliciesPaginator(request ->
                                request.pathPrefix(path).scope("Local").maxItems(2))
                        .policies())
                .extracting(Policy::policyName)
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(roles.roles()).allSatisfy(role -> assertThat(role.arn()).endsWith(":role" + path + role.roleName()));
    }

    @Test
    void whatIsThereOrIsNotThereOrIsNoPolicyIsRefused(Account account) {
        IamClient iam = iam(account);
        String role = role(account, iam, "role");
        Refused.with(
                EntityAlreadyExistsException.class,
                "EntityAlreadyExists",
                409,
                "Role with name " + role + " already exists.",
                () -> role(account, iam, "role"));
        Refused.with(
                NoSuchEntityException.class,
                "NoSuchEntity",
                404,
                "The role with name " + account.name("gone") + " cannot be found.",
                () -> iam.getRole(request -> request.roleName(account.name("gone"))));
        Refused.with(
                MalformedPolicyDocumentException.class,
                "MalformedPolicyDocument",
                400,
                "",
                () -> iam.putRolePolicy(
                        request -> request.roleName(role).policyName("wrong").policyDocument("{\"Statement\":")));
        Refused.with(
                NoSuchEntityException.class,
                "NoSuchEntity",
                404,
                "does not exist or is not attachable.",
                () -> iam.attachRolePolicy(request ->
                        request.roleName(role).policyArn("arn:aws:iam::000000000000:policy/" + account.name("gone"))));
    }

    @Test
    void tagsAreKept(Account account) {
        IamClient iam = iam(account);
        String role = role(account, iam, "role");
        iam.tagRole(request -> request.roleName(role)
                .tags(
                        tag -> tag.key("team").value("weather"),
                        tag -> tag.key("stage").value("test")));
        iam.untagRole(request -> request.roleName(role).tagKeys("stage"));
        assertThat(iam.listRoleTags(request -> request.roleName(role)).tags())
                .containsExactly(Tag.builder().key("team").value("weather").build());
    }

    /** Keys of a new role that this account may assume. */
    private static StaticCredentialsProvider assumed(Account account, String purpose, String statements) {
        StsClient sts = account.client(StsClient.builder());
        String role = Roles.role(
                account,
                account.client(IamClient.builder()),
                purpose,
                "{\"AWS\":\"" + sts.getCallerIdentity().arn() + "\"}",
                statements);
        Credentials issued = account.onceAllowed(
                        "is not authorized to perform: sts:AssumeRole",
                        () -> sts.assumeRole(request -> request.roleArn(role).roleSessionName("visit")))
                .credentials();
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()));
    }

    @Test
    void whatNoPolicyAllowsIsDeniedInAwsOwnWords(Account account) {
        StaticCredentialsProvider keys =
                assumed(account, "reader", "{\"Effect\":\"Allow\",\"Action\":\"ssm:GetParameter\",\"Resource\":\"*\"}");
        String number = account.client(StsClient.builder()).getCallerIdentity().account();
        String session = "User: arn:aws:sts::" + number + ":assumed-role/" + account.name("reader")
                + "/visit is not authorized to perform: ";
        String name = "/" + account.name("parameter");
        Refused.with(
                SsmException.class,
                "AccessDeniedException",
                400,
                session + "ssm:DeleteParameter on resource: arn:aws:ssm:" + account.region() + ":" + number
                        + ":parameter" + name
                        + " because no identity-based policy allows the ssm:DeleteParameter action",
                () -> account.client(SsmClient.builder(), keys).deleteParameter(request -> request.name(name)));
        Refused.with(
                SqsException.class,
                "AccessDenied",
                403,
                session + "sqs:createqueue",
                () -> account.client(SqsClient.builder(), keys)
                        .createQueue(request -> request.queueName(account.name("queue"))));
    }

    @Test
    void whatAPolicyDeniesStaysDeniedWhateverAllowsIt(Account account) {
        StaticCredentialsProvider keys = assumed(account, "torn", """
                {"Effect":"Allow","Action":"ssm:*","Resource":"*"},
                {"Effect":"Deny","Action":"ssm:PutParameter","Resource":"*"}""");
        SsmClient ssm = account.client(SsmClient.builder(), keys);
        account.onceAllowed("ssm:DescribeParameters", () -> ssm.describeParameters(request -> {}));
        Refused.with(
                SsmException.class,
                "AccessDeniedException",
                400,
                "with an explicit deny in an identity-based policy",
                () -> ssm.putParameter(request ->
                        request.name("/" + account.name("no")).value("x").type("String")));
    }

    @Test
    void anIdentityProviderIsRefusedByName(Account account) {
        Refused.with(
                IamException.class,
                "NotImplemented",
                501,
                "CreateOpenIDConnectProvider",
                () -> iam(account)
                        .createOpenIDConnectProvider(request -> request.url("https://token.weather.example")));
    }
}
