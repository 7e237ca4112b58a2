package virga.cloud.provision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties of a resource type, by path: {@code QueueName}, {@code RedrivePolicy/*}, {@code Events/[]/Type}. A path that ends in
 * {@code /**} accepts anything below it (free-form JSON, such as a policy document).
 *
 * <p>Source of the update behaviour: each type's page in the CloudFormation Template Reference ("Update requires").
 */
public final class PropertyRules {
    /** What changing a property means. */
    public enum Change {
        IN_PLACE,
        REPLACE
    }

    private final Map<String, Change> known = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final Map<String, String> unsupported = new LinkedHashMap<>();

    public static PropertyRules none() {
        return new PropertyRules();
    }

    public PropertyRules inPlace(String... paths) {
        for (String path : paths) {
            known.put(path, Change.IN_PLACE);
        }
        return this;
    }

    public PropertyRules replacing(String... paths) {
        for (String path : paths) {
            known.put(path, Change.REPLACE);
        }
        return this;
    }

    /** Top-level properties that must be there. */
    public PropertyRules requiring(String... names) {
        required.addAll(List.of(names));
        return this;
    }

    /** Properties that AWS knows and Virga does not do: refused with {@code VirgaUnsupported}. */
    public PropertyRules unsupported(String... paths) {
        for (String path : paths) {
            unsupported.put(path, path);
        }
        return this;
    }

    public Map<String, Change> known() {
        return java.util.Collections.unmodifiableMap(known);
    }

    public List<String> required() {
        return List.copyOf(required);
    }

    public List<String> unsupported() {
        return List.copyOf(unsupported.keySet());
    }
}
