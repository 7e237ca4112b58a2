package virga.services.sts;

import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.sts.DecodeAuthorizationMessageRequest;
import virga.model.sts.DecodeAuthorizationMessageResponse;
import virga.model.sts.InvalidAuthorizationMessageException;

/** Refuses every message: no service here encodes one. */
final class DecodeAuthorizationMessage
        implements Atomic<DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse> {
    @Override
    public DecodeAuthorizationMessageResponse handle(
            Call call, DecodeAuthorizationMessageRequest input, UnitOfWork work) {
        throw new InvalidAuthorizationMessageException("Invalid authorization message");
    }
}
