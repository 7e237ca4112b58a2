package virga.services.cloudformation.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import virga.cloud.provision.Provisioner;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.kernel.Unsupported;
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

    /**
     * @throws Unsupported where types, properties or attributes are not done: all are named
     * @throws Fault where a type or a property is unknown, or a property is missing
     */
    public void check(Template template) {
        requireKnown(template.resources().values().stream()
                .map(ResourceDeclaration::type)
                .toList());
        List<String> gaps = template.resources().values().stream()
                .flatMap(resource -> gaps(resource).stream())
                .toList();
        if (!gaps.isEmpty()) {
            throw new Unsupported(gaps);
        }
        for (ResourceDeclaration resource : template.resources().values()) {
            new PropertyPaths(provisioner(resource.type())).check(resource.logicalId(), resource.properties());
        }
    }

    /** @throws Fault naming the types that nobody has */
    public void requireKnown(Collection<String> asked) {
        Set<String> unknown = new TreeSet<>(asked);
        unknown.removeIf(type -> provisioners.apply(type).isPresent() || isAws(type));
        if (!unknown.isEmpty()) {
            throw TemplateErrors.validation(
                    "Template format error: Unrecognized resource types: " + List.copyOf(unknown));
        }
    }

    /** What of a declaration is not done: its type, or properties and attributes of it. */
    public List<String> gaps(ResourceDeclaration resource) {
        Optional<Provisioner> provisioner = provisioners.apply(resource.type());
        if (provisioner.isEmpty()) {
            return List.of(resource.type());
        }
        List<String> gaps = new ArrayList<>(new PropertyPaths(provisioner.get()).gaps(resource.properties()));
        for (String attribute : List.of("CreationPolicy", "UpdatePolicy")) {
            if (resource.declaration().has(attribute)) {
                gaps.add(resource.type() + " " + attribute);
            }
        }
        for (String attribute : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (resource.policy(attribute).asText("").equals("Snapshot")) {
                gaps.add(resource.type() + " " + attribute + ": Snapshot");
            }
        }
        return gaps;
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
