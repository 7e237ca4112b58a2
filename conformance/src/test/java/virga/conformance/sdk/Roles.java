package virga.conformance.sdk;

import software.amazon.awssdk.services.iam.IamClient;
import virga.conformance.fixture.Account;

/** Roles of a test's own. */
final class Roles {
    private Roles() {}

    /**
     * A role's ARN.
     *
     * @param trusted who may assume it, as a policy's principal: {@code {"Service":"lambda.amazonaws.com"}}
     * @param statements what it may do, as a policy's statements separated by commas
     */
    static String role(Account account, IamClient iam, String purpose, String trusted, String statements) {
        String name = account.name(purpose);
        String arn = iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[
                                 {"Effect":"Allow","Principal":%s,"Action":"sts:AssumeRole"}]}""".formatted(trusted)))
                .role()
                .arn();
        account.afterwards(() -> iam.deleteRole(request -> request.roleName(name)));
        iam.putRolePolicy(request -> request.roleName(name)
                .policyName("may")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
        account.afterwards(
                () -> iam.deleteRolePolicy(request -> request.roleName(name).policyName("may")));
        return arn;
    }
}
