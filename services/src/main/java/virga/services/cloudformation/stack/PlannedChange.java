package virga.services.cloudformation.stack;

import java.util.List;

/**
 * What an update would do to one resource.
 *
 * @param action {@code Add}, {@code Modify}, {@code Remove}
 * @param replacement {@code True}, {@code False}, {@code Conditional}; empty unless modified
 * @param scope what changes of it: {@code Properties}, {@code Metadata}, {@code Tags}, ...
 */
public record PlannedChange(
        String action,
        String logicalId,
        String physicalId,
        String type,
        String replacement,
        List<String> scope,
        List<Detail> details) {
    /**
     * @param attribute {@code Properties}, {@code Tags}, ...
     * @param name the property, or empty
     * @param requiresRecreation {@code Never}, {@code Conditionally}, {@code Always}
     * @param evaluation {@code Static} where the new value is known, {@code Dynamic} where it depends on a change
     * @param source {@code DirectModification}, {@code ResourceReference}, {@code ResourceAttribute}, {@code ParameterReference}
     * @param causing what the value refers to, or empty
     */
    public record Detail(
            String attribute,
            String name,
            String requiresRecreation,
            String evaluation,
            String source,
            String causing) {}
}
