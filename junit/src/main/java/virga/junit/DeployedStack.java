package virga.junit;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** A stack as it was deployed in an environment. */
public final class DeployedStack {
    private final String name;
    private final Map<String, String> outputs;
    private final Supplier<Map<String, String>> resources;
    private final Function<String, URI> addresses;

    /**
     * @param resources physical ids by logical id
     * @param addresses where what an output calls by AWS's address is reached
     */
    DeployedStack(
            String name,
            Map<String, String> outputs,
            Supplier<Map<String, String>> resources,
            Function<String, URI> addresses) {
        this.name = name;
        this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        this.resources = resources;
        this.addresses = addresses;
    }

    public String name() {
        return name;
    }

    /** In the template's order. */
    public Map<String, String> outputs() {
        return outputs;
    }

    /** @throws IllegalArgumentException where the template has no such output */
    public String output(String key) {
        return named(outputs, key, "output");
    }

    /**
     * The physical id of a resource, by its logical id: a table's name, a queue's URL, a function's name.
     *
     * @throws IllegalArgumentException where the stack has no such resource
     */
    public String resource(String logicalId) {
        return named(resources.get(), logicalId, "resource");
    }

    /** The address of an output that holds an API's URL, as it is reached from this machine: see {@link VirgaEnvironment#url}. */
    public URI url(String output) {
        return addresses.apply(output(output));
    }

    private String named(Map<String, String> all, String key, String what) {
        String value = all.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Stack " + name + " has no " + what + " " + key + "; it has: " + new TreeSet<>(all.keySet()));
        }
        return value;
    }

    @Override
    public String toString() {
        return "stack " + name + " " + outputs;
    }
}
