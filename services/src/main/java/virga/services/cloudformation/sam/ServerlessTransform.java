package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Fault;
import virga.kernel.Unsupported;

/** The transform itself. */
public final class ServerlessTransform {
    public static final String NAME = "AWS::Serverless-2016-10-31";

    /** APIs after those whose events fill their documents, connectors after everything they connect. */
    private static final List<String> ORDER = List.of(
            "AWS::Serverless::Function",
            "AWS::Serverless::StateMachine",
            "AWS::Serverless::Api",
            "AWS::Serverless::HttpApi",
            "AWS::Serverless::SimpleTable",
            "AWS::Serverless::LayerVersion",
            "AWS::Serverless::Application",
            "AWS::Serverless::Connector");

    private static final List<String> NOT_DONE = List.of(
            "AWS::Serverless::GraphQLApi", "AWS::Serverless::WebSocketApi", "AWS::Serverless::CapacityProvider");

    private ServerlessTransform() {}

    /**
     * What the transform makes of a template.
     *
     * @param template without serverless resources
     * @param leftOut the serverless resources that are in it in no form, because of what is not done, by logical id
     */
    public record Transformed(ObjectNode template, Map<String, Unsupported> leftOut) {}

    /**
     * The template without serverless resources.
     *
     * @param parameters the values given for the template's parameters
     * @throws Fault {@code ValidationError} with everything that is wrong, as AWS reports it
     * @throws Unsupported where serverless resources ask what is not done: all of it is named
     */
    public static ObjectNode apply(ObjectNode template, Map<String, String> parameters, String region) {
        Transformed transformed = asFarAsDone(template, parameters, region);
        if (!transformed.leftOut().isEmpty()) {
            throw new Unsupported(transformed.leftOut().values().stream()
                    .flatMap(unsupported -> unsupported.paths().stream())
                    .toList());
        }
        return transformed.template();
    }

    /** As {@link #apply}, without the serverless resources that ask what is not done. @throws Fault as there */
    public static Transformed asFarAsDone(ObjectNode template, Map<String, String> parameters, String region) {
        ObjectNode source = template.deepCopy();
        if (!(source.path("Resources") instanceof ObjectNode resources) || resources.isEmpty()) {
            throw SamErrors.document(List.of(SamErrors.template("'Resources' section is required")));
        }
        Map<String, Unsupported> leftOut = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> resource : List.copyOf(resources.properties())) {
            String type = resource.getValue().path("Type").asText("");
            if (NOT_DONE.contains(type)) {
                leftOut.put(resource.getKey(), new Unsupported(List.of(type)));
                resources.remove(resource.getKey());
            }
        }
        ImplicitApis.addSkeletons(source);
        ImplicitApis.apply(ImplicitApis.Kind.REST, source);
        ImplicitApis.apply(ImplicitApis.Kind.HTTP, source);
        try {
            Globals.apply(source);
        } catch (Fault invalid) {
            throw SamErrors.document(List.of(invalid));
        }
        Connectors.takeOut(resources);
        TransformState state = TransformState.of(source, new ParameterReferences(source, parameters, region), region);
        for (Map.Entry<String, JsonNode> entry : serverless(resources)) {
            try {
                replace(state, new ServerlessResource(entry.getKey(), (ObjectNode) entry.getValue()));
            } catch (Unsupported unsupported) {
                leftOut.put(entry.getKey(), unsupported);
                state.resultResources().remove(entry.getKey());
            } catch (Fault fault) {
                state.faults().add(fault);
            }
        }
        if (!state.faults().isEmpty()) {
            throw SamErrors.document(state.faults());
        }
        ObjectNode result = (ObjectNode) new DerivedReferences(state).replace(state.result());
        result.remove("Transform");
        return new Transformed(result, leftOut);
    }

    private static List<Map.Entry<String, JsonNode>> serverless(ObjectNode resources) {
        List<Map.Entry<String, JsonNode>> found = new ArrayList<>();
        for (String type : ORDER) {
            resources.properties().stream()
                    .filter(entry -> entry.getValue().path("Type").asText("").equals(type))
                    .forEach(found::add);
        }
        return found;
    }

    private static void replace(TransformState state, ServerlessResource resource) {
        List<ResourceDraft> drafts = switch (resource.type()) {
            case "AWS::Serverless::Function" -> new FunctionTransform(state, resource).transform();
            case "AWS::Serverless::StateMachine" -> new StateMachineTransform(state, resource).transform();
            case "AWS::Serverless::Api" -> new RestApiTransform(resource).transform();
            case "AWS::Serverless::HttpApi" -> new HttpApiTransform(state, resource).transform();
            case "AWS::Serverless::SimpleTable" -> DataTransforms.simpleTable(resource);
            case "AWS::Serverless::LayerVersion" -> DataTransforms.layerVersion(state, resource);
            case "AWS::Serverless::Application" -> DataTransforms.application(resource);
            default -> new Connectors(state, resource).transform();
        };
        DerivedReferences.remember(state, resource, drafts);
        state.resultResources().remove(resource.logicalId());
        for (ResourceDraft draft : drafts) {
            boolean taken = state.resources().has(draft.logicalId())
                    && !draft.logicalId().equals(resource.logicalId())
                    && !state.resources()
                            .get(draft.logicalId())
                            .path("Type")
                            .asText()
                            .equals(draft.type());
            if (taken) {
                throw SamErrors.fault("Transforming resource with id [" + resource.logicalId()
                        + "] attempts to create a new resource [" + draft.logicalId() + "] of type \"" + draft.type()
                        + "\". There is already a resource with this id.");
            }
            state.resultResources().set(draft.logicalId(), draft.declaration());
        }
    }
}
