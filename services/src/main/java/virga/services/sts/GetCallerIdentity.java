package virga.services.sts;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.model.iam.Role;
import virga.model.iam.User;
import virga.model.sts.GetCallerIdentityRequest;
import virga.model.sts.GetCallerIdentityResponse;

/**
 * Says who makes the call. A session can outlive its role; the unique id is gone with it then, and the role's name stands for it.
 *
 * <p>Source: "GetCallerIdentity", AWS STS API Reference.
 */
final class GetCallerIdentity implements Conversation<GetCallerIdentityRequest, GetCallerIdentityResponse> {
    @Override
    public GetCallerIdentityResponse handle(Call call, GetCallerIdentityRequest input, Exchange exchange) {
        Principal principal = call.principal();
        IamQuestions iam = new IamQuestions(exchange, call);
        String arn = principal.arn();
        String id = switch (principal) {
            case Principal.Root root -> root.account();
            case Principal.User user ->
                iam.user(user.account(), user.name()).flatMap(User::userId).orElse(user.name());
            case Principal.RoleSession session ->
                iam.role(session.account(), session.roleName())
                                .flatMap(Role::roleId)
                                .orElse(session.roleName())
                        + ":" + session.sessionName();
            case Principal.Service service -> service.name();
            case Principal.Anonymous anonymous ->
                throw new virga.kernel.Fault(
                        "MissingAuthenticationToken", 403, "Request is missing Authentication Token");
        };
        if (principal instanceof Principal.User user) {
            arn = iam.user(user.account(), user.name()).flatMap(User::arn).orElse(arn);
        }
        return GetCallerIdentityResponse.builder()
                .userId(id)
                .account(principal.account())
                .arn(arn)
                .build();
    }
}
