package virga.cloud.provision;

import java.util.Map;
import java.util.TreeMap;

/**
 * A resource that stands.
 *
 * @param physicalId what DescribeStackResources shows
 * @param ref what {@code Ref} answers (mostly the physical id)
 * @param attributes what {@code Fn::GetAtt} answers, by attribute name (dotted for nested ones)
 */
public record Provisioned(String physicalId, String ref, Map<String, String> attributes) {
    public Provisioned {
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    public Provisioned(String physicalId, Map<String, String> attributes) {
        this(physicalId, physicalId, attributes);
    }
}
