package virga.observe;

import java.util.Optional;

/** What people call resources, where that is not what their ARNs say: a template's own names, an API's name for its id. */
public interface Names {
    /** Every resource is called as its ARN has it. */
    Names OF_ARNS = resource -> Optional.empty();

    /**
     * @param shown as its owner wrote it: {@code ChargeQueue} of {@code orders-ChargeQueue-1A2B3C4D5E6F}
     * @param stack that made it; empty where none did
     */
    record Name(String shown, String stack) {}

    /** @return empty where the ARN's own name is all there is */
    Optional<Name> find(Resource resource);

    /** What to call it. */
    default String shown(Resource resource) {
        return find(resource).map(Name::shown).orElse(resource.name());
    }
}
