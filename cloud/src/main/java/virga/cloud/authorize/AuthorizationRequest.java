package virga.cloud.authorize;

import java.util.List;
import java.util.Map;
import virga.kernel.Call;

/**
 * What is to be decided.
 *
 * @param action as in {@code sqs:SendMessage}
 * @param resources the ARNs that the call is about, each of which must be allowed; {@code *} where the action knows no resources
 * @param conditions condition keys beside those that the call tells itself; a key given here wins
 */
public record AuthorizationRequest(
        Call call, String action, List<String> resources, Map<String, List<String>> conditions) {
    public AuthorizationRequest {
        resources = resources.isEmpty() ? List.of("*") : List.copyOf(resources);
        conditions = Map.copyOf(conditions);
    }
}
