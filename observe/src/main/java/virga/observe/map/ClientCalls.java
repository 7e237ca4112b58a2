package virga.observe.map;

import java.util.Map;
import java.util.Set;
import virga.kernel.CallRecord;

/**
 * Which calls of clients put a system to work, and which only manage it or look at it: what AWS calls the data plane, and the control
 * plane. X-Ray's map has no calls of clients at all; here a client that sends a message is where a story begins.
 */
final class ClientCalls {
    /** Of these services, the operations that a running system's clients use. */
    private static final Map<String, Set<String>> WORKING = Map.of(
            "lambda", Set.of("Invoke", "InvokeAsync", "InvokeWithResponseStream"),
            "sqs",
                    Set.of(
                            "SendMessage",
                            "SendMessageBatch",
                            "ReceiveMessage",
                            "DeleteMessage",
                            "DeleteMessageBatch",
                            "ChangeMessageVisibility",
                            "ChangeMessageVisibilityBatch"),
            "dynamodb",
                    Set.of(
                            "GetItem",
                            "PutItem",
                            "UpdateItem",
                            "DeleteItem",
                            "Query",
                            "Scan",
                            "BatchGetItem",
                            "BatchWriteItem",
                            "TransactGetItems",
                            "TransactWriteItems",
                            "ExecuteStatement",
                            "BatchExecuteStatement",
                            "ExecuteTransaction"),
            "events", Set.of("PutEvents"),
            "s3",
                    Set.of(
                            "GetObject",
                            "PutObject",
                            "HeadObject",
                            "CopyObject",
                            "DeleteObject",
                            "DeleteObjects",
                            "ListObjects",
                            "ListObjectsV2",
                            "CreateMultipartUpload",
                            "UploadPart",
                            "UploadPartCopy",
                            "CompleteMultipartUpload"));

    /** Services by which a system is managed or looked at, and of which a running system's clients have no need. */
    private static final Set<String> MANAGING =
            Set.of("apigateway", "cloudformation", "iam", "logs", "ssm", "sts", "tagging", "xray");

    private ClientCalls() {}

    /** Whether a record that a client began only manages the system. Of services that are not known here, every call is work. */
    static boolean isManagement(CallRecord record) {
        if (record.kind() != CallRecord.Kind.CALL) {
            return false;
        }
        Set<String> working = WORKING.get(record.service());
        return working == null ? MANAGING.contains(record.service()) : !working.contains(record.operation());
    }
}
