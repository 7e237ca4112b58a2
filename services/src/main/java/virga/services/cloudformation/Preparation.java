package virga.services.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Environment;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.cloudformation.InsufficientCapabilitiesException;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.Tag;
import virga.services.cloudformation.sam.ServerlessTransform;
import virga.services.cloudformation.stack.CloudValues;
import virga.services.cloudformation.stack.Revision;
import virga.services.cloudformation.template.LanguageExtensions;
import virga.services.cloudformation.template.ParameterValues;
import virga.services.cloudformation.template.Template;
import virga.services.cloudformation.template.TemplateErrors;
import virga.services.cloudformation.template.TemplateText;

/** Makes a revision of what a caller asks for: transforms run, parameters resolved, capabilities acknowledged. */
final class Preparation {
    /**
     * What a caller asks for.
     *
     * @param body the template's text
     * @param roleArn the role that is to make the resources, or empty
     */
    record Wish(String body, List<Parameter> parameters, List<Tag> tags, List<String> capabilities, String roleArn) {}

    private static final Set<String> TRANSFORMS_NOT_DONE = Set.of(
            "AWS::CloudFormation::Modules",
            "AWS::Include",
            "AWS::SecretsManager-2020-07-23",
            "AWS::SecretsManager-2024-09-16",
            "AWS::CodeDeployBlueGreen",
            "AWS::ServiceCatalog");

    private final Environment environment;
    private final Call call;
    private final Revision previous;

    /** @param previous what the stack was, {@link Revision#NONE} for a new one */
    Preparation(Environment environment, Call call, Revision previous) {
        this.environment = environment;
        this.call = call;
        this.previous = previous;
    }

    /** @throws Fault where the template, a parameter or a missing capability is in the way */
    Revision revision(Wish wish) {
        Map<String, String> given = given(wish.parameters());
        ObjectNode processed = processed(wish.body(), given, call.region());
        Template template = Template.of(processed);
        requireCapabilities(template.capabilities(), wish.capabilities());
        ParameterValues values = ParameterValues.of(template, given, new CloudValues(environment, call));
        return new Revision(
                wish.body(),
                processed.toString(),
                values.given(),
                tags(wish.tags()),
                wish.capabilities(),
                wish.roleArn().isEmpty() ? previous.roleArn() : wish.roleArn());
    }

    /** The template after its transforms, in their order. */
    static ObjectNode processed(String body, Map<String, String> given, String region) {
        ObjectNode processed = TemplateText.read(body);
        List<String> transforms = Template.transforms(processed);
        for (String transform : transforms) {
            processed = switch (transform) {
                case LanguageExtensions.NAME -> LanguageExtensions.expand(processed, given);
                case ServerlessTransform.NAME -> ServerlessTransform.apply(processed, given, region);
                default -> throw notDone(transform);
            };
        }
        if (transforms.contains(LanguageExtensions.NAME)) {
            // Its functions are evaluated later, so the processed template still says that they are allowed.
            processed.put("Transform", LanguageExtensions.NAME);
        }
        return processed;
    }

    /** Why a transform does not run: AWS has it, or nobody does. */
    static Fault notDone(String transform) {
        return TRANSFORMS_NOT_DONE.contains(transform)
                ? Fault.unsupported("Transform " + transform)
                : TemplateErrors.validation("No transform named " + transform + " found.");
    }

    /** Stand-ins for the parameters without a value, where nobody has been asked for them yet. */
    static Map<String, String> standIns(ObjectNode raw) {
        Map<String, String> standIns = new LinkedHashMap<>();
        raw.path("Parameters").properties().forEach(parameter -> {
            if (!parameter.getValue().has("Default")) {
                standIns.put(parameter.getKey(), "");
            }
        });
        return standIns;
    }

    private Map<String, String> given(List<Parameter> parameters) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String key = parameter.parameterKey().orElse("");
            if (parameter.usePreviousValue().orElse(false)) {
                if (!previous.parameters().containsKey(key)) {
                    throw TemplateErrors.validation(
                            "Invalid input for parameter key " + key
                                    + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
                }
                given.put(key, previous.parameters().get(key));
            } else {
                given.put(
                        key,
                        parameter
                                .parameterValue()
                                .orElseThrow(
                                        () -> TemplateErrors.validation("Parameters: [" + key + "] must have values")));
            }
        }
        return given;
    }

    private Map<String, String> tags(List<Tag> tags) {
        if (tags.isEmpty()) {
            return previous.tags();
        }
        Map<String, String> byKey = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (tag.key().startsWith("aws:")) {
                throw TemplateErrors.validation("aws: prefixed tag key names are not allowed for external use.");
            }
            byKey.put(tag.key(), tag.value());
        }
        return byKey;
    }

    private static void requireCapabilities(List<String> needed, List<String> acknowledged) {
        boolean named = acknowledged.contains("CAPABILITY_NAMED_IAM");
        for (String capability : needed) {
            if (!acknowledged.contains(capability) && !named) {
                throw new InsufficientCapabilitiesException("Requires capabilities : [" + capability + "]");
            }
        }
    }

    /** A stack made without a change set must acknowledge that its template is rewritten. */
    static void requireExpansion(String body, List<String> acknowledged) {
        boolean transforms = Optional.of(TemplateText.read(body))
                .map(Template::transforms)
                .filter(names -> !names.isEmpty())
                .isPresent();
        if (transforms && !acknowledged.contains("CAPABILITY_AUTO_EXPAND")) {
            throw new InsufficientCapabilitiesException("Requires capabilities : [CAPABILITY_AUTO_EXPAND]");
        }
    }
}
