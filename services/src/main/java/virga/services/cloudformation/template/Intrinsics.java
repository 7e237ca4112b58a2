package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of the intrinsic functions, and how a node calls one: an object with that name as its only key. */
public final class Intrinsics {
    static final List<String> FUNCTIONS = List.of(
            "Fn::Base64",
            "Fn::GetAtt",
            "Fn::GetAZs",
            "Fn::ImportValue",
            "Fn::Join",
            "Fn::Split",
            "Fn::FindInMap",
            "Fn::Select",
            "Ref",
            "Fn::Equals",
            "Fn::If",
            "Fn::Not",
            "Condition",
            "Fn::And",
            "Fn::Or",
            "Fn::Contains",
            "Fn::EachMemberEquals",
            "Fn::EachMemberIn",
            "Fn::ValueOf",
            "Fn::ValueOfAll",
            "Fn::RefAll",
            "Fn::Sub",
            "Fn::Cidr",
            "Fn::Transform",
            "Fn::GetStackOutput");

    static final List<String> EXTENSIONS = List.of("Fn::Length", "Fn::ToJsonString");

    private static final List<String> SHORT_FORMS = List.of(
            "Base64",
            "GetAtt",
            "GetAZs",
            "ImportValue",
            "Join",
            "Split",
            "FindInMap",
            "Select",
            "Equals",
            "If",
            "Not",
            "And",
            "Or",
            "Sub",
            "Cidr",
            "Transform",
            "Length",
            "ToJsonString",
            "Contains",
            "EachMemberEquals",
            "EachMemberIn",
            "ValueOf",
            "ValueOfAll",
            "RefAll");

    private Intrinsics() {}

    /** The long name of a YAML tag, {@code Fn::Sub} for {@code Sub}. */
    static Optional<String> longName(String tag) {
        if (tag.equals("Ref") || tag.equals("Condition")) {
            return Optional.of(tag);
        }
        return SHORT_FORMS.contains(tag) ? Optional.of("Fn::" + tag) : Optional.empty();
    }

    /** The function that {@code node} calls, if it calls one. */
    public static Optional<Map.Entry<String, JsonNode>> call(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        boolean function = only.getKey().equals("Ref") || only.getKey().startsWith("Fn::");
        return function ? Optional.of(only) : Optional.empty();
    }

    static boolean isNoValue(JsonNode node) {
        return node.isObject()
                && node.size() == 1
                && node.path("Ref").asText("").equals("AWS::NoValue");
    }
}
