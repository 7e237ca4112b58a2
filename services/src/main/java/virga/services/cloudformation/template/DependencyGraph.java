package virga.services.cloudformation.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.kernel.Fault;

/**
 * Which resource needs which: from references and {@code DependsOn}.
 *
 * @param needs for each resource the ones that must stand before it, in the template's order
 */
public record DependencyGraph(Map<String, Set<String>> needs) {
    public DependencyGraph {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        needs.forEach((name, others) -> copy.put(name, Collections.unmodifiableSet(new LinkedHashSet<>(others))));
        needs = Collections.unmodifiableMap(copy);
    }

    /** Every reference of the template, whichever conditions hold. */
    static DependencyGraph declared(Template template) {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        for (ResourceDeclaration resource : template.resources().values()) {
            Set<String> others = References.in(resource.properties())
                    .resources(template.resources().keySet());
            others.addAll(resource.dependsOn());
            needs.put(resource.logicalId(), others);
        }
        return new DependencyGraph(needs);
    }

    /**
     * The resources in an order in which each comes after what it needs.
     *
     * @throws Fault where they need each other in a circle
     */
    public List<String> order() {
        List<String> order = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        while (placed.size() < needs.size()) {
            int before = placed.size();
            needs.forEach((name, others) -> {
                if (!placed.contains(name) && placed.containsAll(others)) {
                    placed.add(name);
                    order.add(name);
                }
            });
            if (placed.size() == before) {
                throw circular(placed);
            }
        }
        return order;
    }

    /** Who needs {@code name}. */
    public Collection<String> neededBy(String name) {
        List<String> found = new ArrayList<>();
        needs.forEach((other, itsNeeds) -> {
            if (itsNeeds.contains(name)) {
                found.add(other);
            }
        });
        return found;
    }

    /** Names only the members of circles: what merely leads into one is peeled off from the other end. */
    private Fault circular(Set<String> placed) {
        Set<String> left = new LinkedHashSet<>(needs.keySet());
        left.removeAll(placed);
        boolean peeled = true;
        while (peeled) {
            peeled = left.removeIf(name -> neededBy(name).stream().noneMatch(left::contains));
        }
        return TemplateErrors.validation("Circular dependency between resources: [" + String.join(", ", left) + "]");
    }
}
