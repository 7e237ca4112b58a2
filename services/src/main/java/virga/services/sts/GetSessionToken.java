package virga.services.sts;

import java.time.Duration;
import virga.cloud.AccessKeys;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.sts.GetSessionTokenRequest;
import virga.model.sts.GetSessionTokenResponse;

/**
 * Gives a user, or the account's root, temporary credentials of its own.
 *
 * <p>Source: "GetSessionToken", AWS STS API Reference: half a day by default, an hour at most for the root.
 */
final class GetSessionToken implements Atomic<GetSessionTokenRequest, GetSessionTokenResponse> {
    private static final int DEFAULT_SECONDS = 43_200;
    private static final int MOST_SECONDS_OF_ROOT = 3600;

    @Override
    public GetSessionTokenResponse handle(Call call, GetSessionTokenRequest input, UnitOfWork work) {
        if (input.serialNumber().isPresent() || input.tokenCode().isPresent()) {
            throw Fault.unsupported("sts:GetSessionToken/SerialNumber");
        }
        int asked = input.durationSeconds().orElse(DEFAULT_SECONDS);
        int seconds = switch (call.principal()) {
            case Principal.Root root -> Math.min(asked, MOST_SECONDS_OF_ROOT);
            case Principal.User user -> asked;
            case Principal.RoleSession session -> throw denied();
            case Principal.Service service -> throw denied();
            case Principal.Anonymous anonymous -> throw denied();
        };
        return GetSessionTokenResponse.builder()
                .credentials(
                        IssuedCredentials.shown(AccessKeys.issue(work, call.principal(), Duration.ofSeconds(seconds))))
                .build();
    }

    private static Fault denied() {
        return new Fault("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
    }
}
