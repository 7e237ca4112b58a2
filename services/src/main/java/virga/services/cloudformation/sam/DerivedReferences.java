package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to what is generated: {@code Function.Alias} becomes the alias's logical id, a layer's id its new one. */
final class DerivedReferences {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");
    private static final Map<String, Map<String, String>> REFERABLE = Map.of(
            "AWS::Serverless::Function",
            Map.of(
                    "Alias", "AWS::Lambda::Alias",
                    "Version", "AWS::Lambda::Version",
                    "DestinationTopic", "AWS::SNS::Topic",
                    "DestinationQueue", "AWS::SQS::Queue"),
            "AWS::Serverless::Api",
            Map.of("Stage", "AWS::ApiGateway::Stage", "Deployment", "AWS::ApiGateway::Deployment"),
            "AWS::Serverless::HttpApi",
            Map.of("Stage", "AWS::ApiGatewayV2::Stage"));

    private final TransformState state;

    DerivedReferences(TransformState state) {
        this.state = state;
    }

    /** Remembers what a serverless resource's properties stand for. */
    static void remember(TransformState state, ServerlessResource resource, List<ResourceDraft> drafts) {
        REFERABLE.getOrDefault(resource.type(), Map.of()).forEach((property, type) -> {
            for (ResourceDraft draft : drafts) {
                if (draft.type().equals(type)) {
                    state.derived().put(resource.logicalId() + "." + property, draft.logicalId());
                }
            }
        });
    }

    /** A copy of {@code node} with every such reference replaced. */
    JsonNode replace(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Nodes.array();
            node.forEach(item -> array.add(replace(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = Nodes.object();
        boolean alone = node.size() == 1;
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            JsonNode replaced = switch (field.getKey()) {
                case "Ref" -> alone && value.isTextual() ? Nodes.text(name(value.asText())) : replace(value);
                case "Fn::GetAtt" -> alone ? attribute(value) : replace(value);
                case "Fn::Sub" -> alone ? substitution(value) : replace(value);
                case "DependsOn" -> depends(value);
                default -> replace(value);
            };
            object.set(field.getKey(), replaced);
        });
        return object;
    }

    private String name(String given) {
        return state.derived().getOrDefault(given, state.renamed().getOrDefault(given, given));
    }

    private JsonNode attribute(JsonNode value) {
        if (!value.isArray()
                || value.size() < 2
                || !value.get(0).isTextual()
                || !value.get(1).isTextual()) {
            return replace(value);
        }
        String whole = value.get(0).asText() + "." + value.get(1).asText();
        int second = whole.indexOf('.', whole.indexOf('.') + 1);
        if (second > 0 && state.derived().containsKey(whole.substring(0, second))) {
            return Nodes.texts(state.derived().get(whole.substring(0, second)), whole.substring(second + 1));
        }
        return Nodes.texts(name(value.get(0).asText()), value.get(1).asText());
    }

    private JsonNode substitution(JsonNode value) {
        if (value.isTextual()) {
            return Nodes.text(substituted(value.asText()));
        }
        if (!value.isArray() || !value.path(0).isTextual()) {
            return replace(value);
        }
        ArrayNode array = Nodes.array(Nodes.text(substituted(value.get(0).asText())));
        for (int i = 1; i < value.size(); i++) {
            array.add(replace(value.get(i)));
        }
        return array;
    }

    private String substituted(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String[] parts = matcher.group(1).split("\\.", 3);
            String two = parts.length > 1 ? parts[0] + "." + parts[1] : "";
            String replaced = state.derived().containsKey(two)
                    ? state.derived().get(two) + (parts.length > 2 ? "." + parts[2] : "")
                    : name(parts[0]) + matcher.group(1).substring(parts[0].length());
            matcher.appendReplacement(result, Matcher.quoteReplacement("${" + replaced + "}"));
        }
        return matcher.appendTail(result).toString();
    }

    private JsonNode depends(JsonNode value) {
        if (value.isTextual()) {
            return Nodes.text(state.renamed().getOrDefault(value.asText(), value.asText()));
        }
        if (!value.isArray()) {
            return replace(value);
        }
        ArrayNode array = Nodes.array();
        value.forEach(name -> array.add(name.isTextual() ? depends(name) : replace(name)));
        return array;
    }
}
