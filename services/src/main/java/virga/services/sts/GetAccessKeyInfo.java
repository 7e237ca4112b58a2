package virga.services.sts;

import virga.cloud.AccessKeys;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.sts.GetAccessKeyInfoRequest;
import virga.model.sts.GetAccessKeyInfoResponse;

/** Says whose account an access key is. A key that nobody issued here counts as one of the environment's own account. */
final class GetAccessKeyInfo implements Conversation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> {
    @Override
    public GetAccessKeyInfoResponse handle(Call call, GetAccessKeyInfoRequest input, Exchange exchange) {
        String account = exchange.read(reading -> AccessKeys.find(reading, input.accessKeyId()))
                .map(identity -> identity.principal().account())
                .orElse(exchange.settings().accountId());
        return GetAccessKeyInfoResponse.builder().account(account).build();
    }
}
