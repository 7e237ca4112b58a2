package virga.services.sts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.model.ServiceModel;
import virga.model.sts.AssumeRoleRequest;
import virga.model.sts.Sts;

/** AWS Security Token Service. */
public final class StsService implements Service {
    @Override
    public ServiceModel model() {
        return Sts.MODEL;
    }

    @Override
    public void bind(Binder binder) {
        binder.conversation(Sts.GET_CALLER_IDENTITY, new GetCallerIdentity()).openToAll();
        binder.conversation(Sts.ASSUME_ROLE, new AssumeRole())
                .resources((call, input) -> List.of(input.roleArn()))
                .conditions((call, input) -> conditions(input));
        binder.atomic(Sts.GET_SESSION_TOKEN, new GetSessionToken()).openToAll();
        binder.conversation(Sts.GET_ACCESS_KEY_INFO, new GetAccessKeyInfo());
        binder.atomic(Sts.DECODE_AUTHORIZATION_MESSAGE, new DecodeAuthorizationMessage());
    }

    private static Map<String, List<String>> conditions(AssumeRoleRequest input) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        conditions.put("sts:RoleSessionName", List.of(input.roleSessionName()));
        input.externalId().ifPresent(id -> conditions.put("sts:ExternalId", List.of(id)));
        return conditions;
    }
}
