package virga.services.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import virga.cloud.provision.Provisioner;
import virga.kernel.Fault;
import virga.kernel.Unsupported;
import virga.services.cloudformation.sam.ServerlessTransform;
import virga.services.cloudformation.sam.ServerlessTransform.Transformed;
import virga.services.cloudformation.stack.ResourceTypes;
import virga.services.cloudformation.template.LanguageExtensions;
import virga.services.cloudformation.template.ResourceDeclaration;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateText;

/** What a template asks that Virga does not do, all of it, without deploying anything. */
public final class Gaps {
    /**
     * One thing that is not done.
     *
     * @param path as in {@code AWS::SQS::Queue/FifoQueue}
     * @param logicalId of the resource that asks it, in the template or made by a transform; empty for the template itself
     */
    public record Gap(String path, String logicalId) {}

    private final List<Gap> gaps = new ArrayList<>();
    private final ResourceTypes types;

    private Gaps(ResourceTypes types) {
        this.types = types;
    }

    /**
     * @param body the template's text; code that is not packed yet must have a stand-in in S3
     * @param parameters what is given for its parameters; those without value and default take a stand-in
     * @param provisioners finds who makes resources of a type
     * @throws Fault where the template is not one that AWS would take
     */
    public static List<Gap> of(
            String body,
            Map<String, String> parameters,
            String region,
            Function<String, Optional<Provisioner>> provisioners) {
        Gaps found = new Gaps(new ResourceTypes(provisioners));
        ObjectNode raw = TemplateText.read(body);
        Map<String, String> given = new LinkedHashMap<>(Preparation.standIns(raw));
        given.putAll(parameters);
        found.resources(found.transformed(raw, given, region));
        return List.copyOf(found.gaps);
    }

    private ObjectNode transformed(ObjectNode raw, Map<String, String> given, String region) {
        ObjectNode processed = raw;
        for (String transform : Template.transforms(raw)) {
            processed = switch (transform) {
                case LanguageExtensions.NAME -> LanguageExtensions.expand(processed, given);
                case ServerlessTransform.NAME -> serverless(processed, given, region);
                default -> {
                    add("", unsupported(Preparation.notDone(transform)));
                    yield processed;
                }
            };
        }
        return processed;
    }

    private ObjectNode serverless(ObjectNode template, Map<String, String> given, String region) {
        Transformed transformed = ServerlessTransform.asFarAsDone(template, given, region);
        transformed.leftOut().forEach((logicalId, unsupported) -> add(logicalId, unsupported.paths()));
        return transformed.template();
    }

    private void resources(ObjectNode processed) {
        List<ResourceDeclaration> resources = processed.path("Resources").properties().stream()
                .map(entry -> ResourceDeclaration.of(entry.getKey(), entry.getValue()))
                .toList();
        types.requireKnown(resources.stream().map(ResourceDeclaration::type).toList());
        resources.forEach(resource -> {
            add(resource.logicalId(), types.gaps(resource));
            add(resource.logicalId(), resource.unsupportedFunctions());
        });
    }

    private static List<String> unsupported(Fault fault) {
        if (fault instanceof Unsupported unsupported) {
            return unsupported.paths();
        }
        throw fault;
    }

    private void add(String logicalId, List<String> paths) {
        paths.stream().distinct().forEach(path -> gaps.add(new Gap(path, logicalId)));
    }
}
