package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The policies that the transform writes into roles and queues. */
final class Policies {
    private Policies() {}

    static ObjectNode trust(String service) {
        return Nodes.object("Version", Nodes.text("2012-10-17"))
                .set(
                        "Statement",
                        Nodes.array(Nodes.object("Action", Nodes.texts("sts:AssumeRole"))
                                .put("Effect", "Allow")
                                .set("Principal", Nodes.object("Service", Nodes.texts(service)))));
    }

    static String managed(String name) {
        return "arn:aws:iam::aws:policy/" + name;
    }

    /** A policy of one statement that allows {@code action}. */
    static ObjectNode inline(String name, String action, JsonNode resource) {
        return named(name, Nodes.object("Statement", Nodes.array(allow(action, resource))));
    }

    static ObjectNode named(String name, JsonNode document) {
        return Nodes.object("PolicyName", Nodes.text(name)).set("PolicyDocument", document);
    }

    static ObjectNode allow(String action, JsonNode resource) {
        return Nodes.object("Action", Nodes.text(action)).put("Effect", "Allow").set("Resource", resource);
    }

    static ObjectNode deadLetterQueue(String action, JsonNode resource) {
        return named(
                "DeadLetterQueuePolicy",
                Nodes.object("Version", Nodes.text("2012-10-17"))
                        .set("Statement", Nodes.array(allow(action, resource))));
    }

    /** What a destination of a type needs the sender to be allowed; missing where the type needs nothing. */
    static JsonNode destination(String type, JsonNode arn, String id) {
        return switch (type) {
            case "SQS" -> inline(id + "SQSPolicy", "sqs:SendMessage", arn);
            case "SNS" -> inline(id + "SNSPolicy", "sns:publish", arn);
            case "EventBridge" -> inline(id + "EventBridgePolicy", "events:PutEvents", arn);
            case "Lambda" -> inline(id + "LambdaPolicy", "lambda:InvokeFunction", arn);
            case "S3", "S3Bucket" -> {
                ObjectNode everyObject =
                        Nodes.object("Fn::Join", Nodes.array(Nodes.text("/"), Nodes.array(arn, Nodes.text("*"))));
                ArrayNode statements = Nodes.array(allow("s3:PutObject", everyObject), allow("s3:ListBucket", arn));
                yield named(id + "S3Policy", Nodes.object("Statement", statements));
            }
            default -> Nodes.missing();
        };
    }

    /** A queue's policy that lets {@code source} send. */
    static ObjectNode queue(JsonNode principal, JsonNode sourceArn, JsonNode queueArn) {
        ObjectNode statement = allow("sqs:SendMessage", queueArn);
        statement.set("Principal", principal);
        statement.set("Condition", Nodes.object("ArnEquals", Nodes.object("aws:SourceArn", sourceArn)));
        return Nodes.object("Version", Nodes.text("2012-10-17")).set("Statement", Nodes.array(statement));
    }
}
