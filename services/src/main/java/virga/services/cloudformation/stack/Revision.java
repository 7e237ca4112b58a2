package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateText;

/**
 * What a stack was asked to be.
 *
 * @param body the template as it was given
 * @param processed the template after its transforms, as JSON
 * @param parameters given or defaulted values, as text
 * @param roleArn the role that makes the resources, or empty
 */
public record Revision(
        String body,
        String processed,
        Map<String, String> parameters,
        Map<String, String> tags,
        List<String> capabilities,
        String roleArn) {
    public static final Revision NONE = new Revision("", "", Map.of(), Map.of(), List.of(), "");

    public Revision {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        capabilities = List.copyOf(capabilities);
    }

    public boolean exists() {
        return !processed.isEmpty();
    }

    public ObjectNode processedBody() {
        return TemplateText.read(processed);
    }

    public Template template() {
        return Template.of(processedBody());
    }
}
