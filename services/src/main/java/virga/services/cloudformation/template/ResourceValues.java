package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What a stack's resources answer to {@code Ref} and {@code Fn::GetAtt}. */
public interface ResourceValues {
    /** @throws virga.kernel.Fault where the resource has none */
    JsonNode ref(String logicalId);

    /** @throws virga.kernel.Fault where the resource has no such attribute */
    JsonNode attribute(String logicalId, String name);
}
