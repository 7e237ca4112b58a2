package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/** The parameters that every template has. Source: "Pseudo parameters reference", AWS CloudFormation User Guide. */
public record PseudoParameters(
        String accountId, String region, String stackId, String stackName, List<String> notificationArns) {
    public PseudoParameters {
        notificationArns = List.copyOf(notificationArns);
    }

    static boolean isPseudo(String name) {
        return switch (name) {
            case "AWS::AccountId",
                    "AWS::Region",
                    "AWS::StackId",
                    "AWS::StackName",
                    "AWS::NotificationARNs",
                    "AWS::NoValue",
                    "AWS::Partition",
                    "AWS::URLSuffix" -> true;
            default -> false;
        };
    }

    Optional<JsonNode> value(String name) {
        return switch (name) {
            case "AWS::AccountId" -> text(accountId);
            case "AWS::Region" -> text(region);
            case "AWS::StackId" -> text(stackId);
            case "AWS::StackName" -> text(stackName);
            case "AWS::Partition" -> text("aws");
            case "AWS::URLSuffix" -> text("amazonaws.com");
            case "AWS::NotificationARNs" -> {
                ArrayNode arns = JsonNodeFactory.instance.arrayNode();
                notificationArns.forEach(arns::add);
                yield Optional.of(arns);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> text(String value) {
        return Optional.of(JsonNodeFactory.instance.textNode(value));
    }
}
