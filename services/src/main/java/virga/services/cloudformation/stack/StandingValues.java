package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import virga.services.cloudformation.template.ResourceValues;
import virga.services.cloudformation.template.TemplateErrors;

/** What the resources that stand answer to {@code Ref} and {@code Fn::GetAtt}. */
final class StandingValues implements ResourceValues {
    private final Map<String, StandingResource> standing = new ConcurrentHashMap<>();

    void put(String logicalId, StandingResource resource) {
        standing.put(logicalId, resource);
    }

    @Override
    public JsonNode ref(String logicalId) {
        return JsonNodeFactory.instance.textNode(get(logicalId).ref());
    }

    @Override
    public JsonNode attribute(String logicalId, String name) {
        String value = get(logicalId).attributes().get(name);
        if (value == null) {
            throw TemplateErrors.validation("Template error: resource " + logicalId
                    + " does not support attribute type " + name + " in Fn::GetAtt");
        }
        return JsonNodeFactory.instance.textNode(value);
    }

    private StandingResource get(String logicalId) {
        StandingResource resource = standing.get(logicalId);
        if (resource == null) {
            throw TemplateErrors.validation("Template error: Unresolved resource dependencies [" + logicalId
                    + "] in the Resources block of the template");
        }
        return resource;
    }
}
