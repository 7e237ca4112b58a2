package virga.services.sts;

import java.time.Duration;
import virga.cloud.AccessKeys;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.iam.Role;
import virga.model.sts.AssumeRoleRequest;
import virga.model.sts.AssumeRoleResponse;
import virga.model.sts.AssumedRoleUser;

/**
 * Gives temporary credentials of a role.
 *
 * <p>Source: "AssumeRole", AWS STS API Reference; "Methods to assume a role" (role chaining), AWS IAM User Guide.
 */
final class AssumeRole implements Conversation<AssumeRoleRequest, AssumeRoleResponse> {
    private static final int DEFAULT_SECONDS = 3600;
    /** A role that is assumed with a role's own credentials is so for an hour at most. */
    private static final int CHAINED_SECONDS = 3600;

    @Override
    public AssumeRoleResponse handle(Call call, AssumeRoleRequest input, Exchange exchange) {
        refuseUnsupported(input);
        Arn arn = IamQuestions.roleArn(input.roleArn());
        IamQuestions iam = new IamQuestions(exchange, call);
        Role role = iam.role(arn.account(), arn.name())
                .filter(found -> found.arn().orElse("").equals(input.roleArn()))
                .orElseThrow(() -> denied(call, input.roleArn()));
        Duration lifetime = lifetime(call, input, role);
        SessionPolicy policy = SessionPolicy.of(input, arn.account(), iam);
        Principal session =
                new Principal.RoleSession(arn.account(), arn.name(), input.roleSessionName(), policy.document());
        var credentials = exchange.transact(work -> AccessKeys.issue(work, session, lifetime));
        String id = IamQuestions.present(role.roleId()) + ":" + input.roleSessionName();
        return AssumeRoleResponse.builder()
                .credentials(IssuedCredentials.shown(credentials))
                .assumedRoleUser(AssumedRoleUser.builder()
                        .assumedRoleId(id)
                        .arn(session.arn())
                        .build())
                .packedPolicySize(policy.isEmpty() ? null : policy.packedPercent())
                .build();
    }

    private static Duration lifetime(Call call, AssumeRoleRequest input, Role role) {
        int seconds = input.durationSeconds().orElse(DEFAULT_SECONDS);
        if (call.principal() instanceof Principal.RoleSession && seconds > CHAINED_SECONDS) {
            throw new Fault(
                    "ValidationError",
                    400,
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        if (seconds > IamQuestions.present(role.maxSessionDuration())) {
            throw new Fault(
                    "ValidationError",
                    400,
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Fault denied(Call call, String roleArn) {
        return new Fault(
                "AccessDenied",
                403,
                "User: " + call.principal().arn() + " is not authorized to perform: sts:AssumeRole on resource: "
                        + roleArn);
    }

    private static void refuseUnsupported(AssumeRoleRequest input) {
        refuse(!input.tags().isEmpty(), "Tags");
        refuse(!input.transitiveTagKeys().isEmpty(), "TransitiveTagKeys");
        refuse(input.serialNumber().isPresent(), "SerialNumber");
        refuse(input.tokenCode().isPresent(), "TokenCode");
        refuse(input.sourceIdentity().isPresent(), "SourceIdentity");
        refuse(!input.providedContexts().isEmpty(), "ProvidedContexts");
    }

    private static void refuse(boolean used, String member) {
        if (used) {
            throw Fault.unsupported("sts:AssumeRole/" + member);
        }
    }
}
