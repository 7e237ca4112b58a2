package virga.services.cloudformation.template;

import java.util.List;

/** What a template asks of the rest of the cloud. */
public interface ExternalValues {
    /**
     * The value of the SSM parameter {@code name}, for the template parameter that asks for it; a list's items are separated by commas.
     *
     * @throws virga.kernel.Fault where there is none
     */
    String parameterStore(String templateParameter, String name);

    /** The value behind {@code {{resolve:...}}}. */
    String dynamic(DynamicReference reference);

    /** The value exported under {@code name} in this account and region. */
    String imported(String name);

    List<String> availabilityZones(String region);
}
