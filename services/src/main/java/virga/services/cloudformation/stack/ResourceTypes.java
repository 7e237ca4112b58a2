package virga.services.cloudformation.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import virga.cloud.provision.Provisioner;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.services.cloudformation.template.ResourceDeclaration;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateErrors;

/**
 * Which resource types there are. AWS's own are known by name (a data file, from the CloudFormation Template Reference), so that one that
 * AWS has and Virga does not is told from one that nobody has.
 */
public final class ResourceTypes {
    private static final Set<String> KNOWN = read();

    private final Function<String, Optional<Provisioner>> provisioners;

    /** @param provisioners finds who makes resources of a type */
    public ResourceTypes(Function<String, Optional<Provisioner>> provisioners) {
        this.provisioners = provisioners;
    }

    /** @throws Fault where a type is unknown, or known and not done, or a property is */
    public void check(Template template) {
        Set<String> unknown = new TreeSet<>();
        for (ResourceDeclaration resource : template.resources().values()) {
            if (provisioners.apply(resource.type()).isEmpty() && !isAws(resource.type())) {
                unknown.add(resource.type());
            }
        }
        if (!unknown.isEmpty()) {
            throw TemplateErrors.validation(
                    "Template format error: Unrecognized resource types: " + List.copyOf(unknown));
        }
        for (ResourceDeclaration resource : template.resources().values()) {
            checkAttributes(resource);
            new PropertyPaths(provisioner(resource.type())).check(resource.logicalId(), resource.properties());
        }
    }

    private static void checkAttributes(ResourceDeclaration resource) {
        for (String attribute : List.of("CreationPolicy", "UpdatePolicy")) {
            if (resource.declaration().has(attribute)) {
                throw Fault.unsupported(resource.type() + " " + attribute);
            }
        }
        for (String attribute : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (resource.policy(attribute).asText("").equals("Snapshot")) {
                throw Fault.unsupported(resource.type() + " " + attribute + ": Snapshot");
            }
        }
    }

    /** @throws Fault {@code VirgaUnsupported} where nobody makes them */
    Provisioner provisioner(String type) {
        return provisioners.apply(type).orElseThrow(() -> Fault.unsupported(type));
    }

    private static boolean isAws(String type) {
        return KNOWN.contains(type) || type.startsWith("Custom::");
    }

    private static Set<String> read() {
        var stream = ResourceTypes.class.getResourceAsStream("resource-types.txt");
        if (stream == null) {
            throw new Bug("resource-types.txt is not beside ResourceTypes");
        }
        Set<String> types = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(": ", 2);
                for (String name : parts[1].split(" ")) {
                    types.add("AWS::" + parts[0] + "::" + name);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return types;
    }
}
