package virga.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.cloud.UnitOfWork;
import virga.kernel.Bug;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.sqs.AddPermissionRequest;
import virga.model.sqs.OverLimit;
import virga.model.sqs.RemovePermissionRequest;

/**
 * AddPermission and RemovePermission: statements of the queue's policy, known by their label.
 *
 * <p>Source: AddPermission, RemovePermission, Amazon SQS API Reference; "Overview of managing access", Developer Guide, for the actions
 * that another account cannot be given.
 */
final class Permissions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ACTIONS = 7;
    private static final Set<String> TO_SHARE = Set.of(
            "*",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage");
    private static final Set<String> OF_THE_OWNER = Set.of(
            "AddPermission",
            "CancelMessageMoveTask",
            "CreateQueue",
            "DeleteQueue",
            "ListMessageMoveTasks",
            "ListQueueTags",
            "ListQueues",
            "RemovePermission",
            "SetQueueAttributes",
            "StartMessageMoveTask",
            "TagQueue",
            "UntagQueue");

    private final Queues queues;

    Permissions(Queues queues) {
        this.queues = queues;
    }

    void add(Call call, AddPermissionRequest input, UnitOfWork work) {
        check(input);
        Queue queue = queues.at(work, call, input.queueUrl());
        ObjectNode policy = policy(queue);
        ArrayNode statements = statements(policy);
        for (JsonNode statement : statements) {
            if (statement.path("Sid").asText().equals(input.label())) {
                throw invalid(input.label(), "Label", "Already exists.");
            }
        }
        ObjectNode added = statements.addObject();
        added.put("Sid", input.label()).put("Effect", "Allow");
        put(
                added.putObject("Principal"),
                "AWS",
                input.awsAccountIds().stream()
                        .map(account -> "arn:aws:iam::" + account + ":root")
                        .toList());
        put(
                added,
                "Action",
                input.actions().stream().map(action -> "SQS:" + action).toList());
        added.put("Resource", queue.arn());
        keep(work, queue, policy.set("Statement", statements).toString());
    }

    void remove(Call call, RemovePermissionRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        ObjectNode policy = policy(queue);
        ArrayNode left = JSON.createArrayNode();
        ArrayNode statements = statements(policy);
        for (JsonNode statement : statements) {
            if (!statement.path("Sid").asText().equals(input.label())) {
                left.add(statement);
            }
        }
        if (left.size() == statements.size()) {
            throw invalid(input.label(), "Label", "can't find label on existing policy.");
        }
        // A policy without statements is none.
        keep(work, queue, left.isEmpty() ? "" : policy.set("Statement", left).toString());
    }

    private static void keep(UnitOfWork work, Queue queue, String policy) {
        Map<String, String> changed = Map.of(QueueAttribute.POLICY.wireName(), policy);
        QueueAttribute.check(changed);
        QueueSettings.keep(work, queue.withAttributes(changed, work.now()));
    }

    private static void check(AddPermissionRequest input) {
        if (!input.label().matches("[A-Za-z0-9_-]{1,80}")) {
            throw invalid(
                    input.label(),
                    "Label",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
        }
        if (input.actions().isEmpty()) {
            throw new Fault("MissingParameter", 400, "The request must contain the parameter Actions.");
        } else if (input.actions().size() > MOST_ACTIONS) {
            throw new OverLimit(
                    input.actions().size() + " Actions were found, maximum allowed is " + MOST_ACTIONS + ".");
        }
        for (String action : input.actions()) {
            if (OF_THE_OWNER.contains(action)) {
                throw invalid("SQS:" + action, "ActionName", "Only the queue owner is allowed to invoke this action.");
            } else if (!TO_SHARE.contains(action)) {
                throw invalid(
                        "SQS:" + action,
                        "ActionName",
                        "Please refer to the appropriate WSDL for a list of valid actions.");
            }
        }
        List<String> unknown = input.awsAccountIds().stream()
                .filter(account -> !account.matches("\\d{12}"))
                .toList();
        if (input.awsAccountIds().isEmpty() || !unknown.isEmpty()) {
            throw invalid(unknown.toString(), "PrincipalId", "Unable to verify.");
        }
    }

    private static ObjectNode policy(Queue queue) {
        String policy = queue.attribute(QueueAttribute.POLICY);
        if (policy.isEmpty()) {
            return JSON.createObjectNode().put("Version", "2008-10-17").put("Id", queue.arn() + "/SQSDefaultPolicy");
        }
        try {
            return (ObjectNode) JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new Bug("the policy of " + queue.arn() + " was kept although it is no JSON", e);
        }
    }

    /** All statements; a policy may have a single one without an array. */
    private static ArrayNode statements(ObjectNode policy) {
        JsonNode statements = policy.path("Statement");
        if (statements.isArray()) {
            return statements.deepCopy();
        }
        ArrayNode all = JSON.createArrayNode();
        return statements.isMissingNode() ? all : all.add(statements);
    }

    /** One value alone, several as an array: as AWS writes policies. */
    private static void put(ObjectNode node, String name, List<String> values) {
        if (values.size() == 1) {
            node.put(name, values.getFirst());
        } else {
            ArrayNode array = node.putArray(name);
            values.forEach(array::add);
        }
    }

    private static Fault invalid(String value, String parameter, String reason) {
        return new Fault(
                "InvalidParameterValue",
                400,
                "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
    }
}
