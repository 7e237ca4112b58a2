package virga.cloud.authorize;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy. Of each pair ({@code Action} and {@code NotAction}, ...) at most one has values.
 *
 * @param label the Sid, or {@code #} and the statement's place counted from 1
 * @param variables whether the policy's version knows policy variables
 */
record Statement(
        String label,
        boolean allows,
        Principals principals,
        Selection actions,
        Selection resources,
        List<Condition> conditions,
        boolean variables) {
    /**
     * The values of an element or of its negation.
     *
     * @param given whether the statement has the element at all
     * @param negated whether it is the one with {@code Not}
     */
    record Selection(boolean given, boolean negated, List<String> values) {
        static final Selection ABSENT = new Selection(false, false, List.of());
    }

    boolean concerns(String action, String resource, RequestContext context) {
        return matchesAction(action) && matchesResource(resource, context) && conditionsHold(context);
    }

    private boolean matchesAction(String action) {
        String name = action.toLowerCase(java.util.Locale.ROOT);
        boolean listed = actions.values.stream()
                .anyMatch(pattern -> Wildcard.matches(
                        Wildcard.prepare(pattern.toLowerCase(java.util.Locale.ROOT), null, false)
                                .orElseThrow(),
                        name));
        return listed != actions.negated;
    }

    /** Trust policies name no resource: they mean the role that they are attached to. */
    private boolean matchesResource(String resource, RequestContext context) {
        if (!resources.given) {
            return true;
        }
        boolean listed = resources.values.stream().anyMatch(pattern -> {
            Optional<String> prepared = Wildcard.prepare(pattern, context, variables);
            return prepared.isPresent() && Wildcard.matchesArn(prepared.get(), resource);
        });
        return listed != resources.negated;
    }

    private boolean conditionsHold(RequestContext context) {
        return conditions.stream().allMatch(condition -> condition.holds(context, variables));
    }
}
