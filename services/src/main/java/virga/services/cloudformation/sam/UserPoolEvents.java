package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code Cognito}: triggers of a user pool of the same template. */
final class UserPoolEvents {
    private UserPoolEvents() {}

    static List<ResourceDraft> drafts(EventSource event) {
        event.check(Set.of("UserPool", "Trigger"), "UserPool", "Trigger");
        String poolId = event.get("UserPool").path("Ref").asText("");
        if (!(event.state().resources().path(poolId) instanceof ObjectNode pool)) {
            throw SamErrors.resource(
                    event.target().logicalId(),
                    "Event with id [" + event.name()
                            + "] is invalid. Cognito events must reference a Cognito UserPool in the same template.");
        }
        ObjectNode config = pool.withObjectProperty("Properties").withObjectProperty("LambdaConfig");
        JsonNode triggers = event.get("Trigger");
        for (JsonNode trigger : triggers.isArray() ? triggers : Nodes.array(triggers)) {
            if (config.has(trigger.asText())) {
                throw SamErrors.event(
                        event.name(), "Cognito trigger \"" + triggers.asText() + "\" defined multiple times.");
            }
            config.set(trigger.asText(), event.target().arn());
        }
        event.state().resultResources().set(poolId, pool.deepCopy());
        return List.of(event.permission(
                event.target().logicalId() + "CognitoPermission",
                "cognito-idp.amazonaws.com",
                Nodes.getAtt(poolId, "Arn")));
    }
}
