package virga.protocol.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.smithy.model.node.ArrayNode;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.node.StringNode;

/** The parameters of a malformed-request vector: one vector stands for as many as its lists are long. */
final class MalformedParameters {
    private MalformedParameters() {}

    static List<ObjectNode> expand(ObjectNode vector) {
        ObjectNode parameters = vector.getObjectMember("testParameters").orElse(Node.objectNode());
        if (parameters.isEmpty()) {
            return List.of(vector);
        }
        List<ObjectNode> expanded = new ArrayList<>();
        int count = parameters
                .getMembers()
                .values()
                .iterator()
                .next()
                .expectArrayNode()
                .size();
        for (int i = 0; i < count; i++) {
            Map<String, String> values = new TreeMap<>();
            int at = i;
            parameters
                    .getStringMap()
                    .forEach((name, list) -> values.put(
                            name,
                            list.expectArrayNode()
                                    .get(at)
                                    .orElseThrow()
                                    .expectStringNode()
                                    .getValue()));
            ObjectNode one =
                    replaced(vector.withoutMember("testParameters"), values).expectObjectNode();
            expanded.add(one.withMember("id", one.expectStringMember("id").getValue() + "_" + i));
        }
        return expanded;
    }

    private static Node replaced(Node node, Map<String, String> values) {
        if (node instanceof StringNode text) {
            String result = text.getValue();
            for (Map.Entry<String, String> value : values.entrySet()) {
                result = result.replace("$" + value.getKey() + ":L", value.getValue())
                        .replace("$" + value.getKey() + ":S", Node.printJson(Node.from(value.getValue())));
            }
            return Node.from(result);
        }
        if (node instanceof ArrayNode list) {
            return Node.fromNodes(list.getElements().stream()
                    .map(item -> replaced(item, values))
                    .toList());
        }
        if (node instanceof ObjectNode object) {
            ObjectNode.Builder builder = ObjectNode.builder();
            Set<String> names = object.getStringMap().keySet();
            for (String name : names) {
                builder.withMember(name, replaced(object.expectMember(name), values));
            }
            return builder.build();
        }
        return node;
    }
}
