package virga.protocol.constraint;

import java.util.List;
import java.util.stream.Collectors;
import virga.kernel.Fault;
import virga.model.ServiceModel;

/** How a service refuses an input that breaks its model's constraints. A service may bring its own. */
@FunctionalInterface
public interface ConstraintPolicy {
    /** As AWS's common framework answers. */
    ConstraintPolicy COMMON = (violations, protocol) -> new Fault(
            protocol == ServiceModel.Protocol.AWS_QUERY ? "ValidationError" : "ValidationException",
            400,
            message(violations));

    /**
     * What to answer.
     *
     * @param violations at least one, in the order of the model
     * @param protocol the one that the request came in
     */
    Fault refuse(List<Violation> violations, ServiceModel.Protocol protocol);

    /** Which violations count: a service that checks something itself, in other words, leaves it out here. */
    default boolean counts(Violation violation) {
        return true;
    }

    /** {@code 2 validation errors detected: ...; ...} */
    static String message(List<Violation> violations) {
        String head = violations.size() == 1 ? "1 validation error" : violations.size() + " validation errors";
        return violations.stream().map(Violation::text).collect(Collectors.joining("; ", head + " detected: ", ""));
    }
}
