package virga.reviewer.replay;

import java.util.Set;
import virga.kernel.CallRecord;

/** Tells calls that change something from those that only look, or that only acknowledge. */
final class Changing {
    /** Where nothing that is sent is an effect: logs, metrics and traces, and who is asking. */
    private static final Set<String> WITHOUT_EFFECTS = Set.of("logs", "xray", "monitoring", "cloudwatch", "sts");

    private static final Set<String> ACKNOWLEDGEMENTS =
            Set.of("DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch");

    /** Parts of an upload are nothing until it is completed. */
    private static final Set<String> PREPARING =
            Set.of("CreateMultipartUpload", "UploadPart", "UploadPartCopy", "AbortMultipartUpload");

    /** What is said twice the same has then been said once; a record is something sent. */
    private static final Set<String> SETTING = Set.of("Put", "Set", "Update", "Delete", "Tag", "Untag");

    private static final Set<String> LOOKING = Set.of(
            "Get", "List", "Describe", "Head", "Query", "Scan", "BatchGet", "TransactGet", "Receive", "Search", "Test");

    private Changing() {}

    static boolean is(CallRecord record) {
        return record.kind() == CallRecord.Kind.CALL && is(record.service(), record.operation());
    }

    static boolean is(String service, String operation) {
        if (WITHOUT_EFFECTS.contains(service)) {
            return false;
        }
        if (service.equals("sqs") && ACKNOWLEDGEMENTS.contains(operation)) {
            return false;
        }
        if (service.equals("s3") && PREPARING.contains(operation)) {
            return false;
        }
        return LOOKING.stream().noneMatch(operation::startsWith);
    }

    /** Whether the same call twice leaves what one leaves. */
    static boolean isSetting(String operation) {
        return SETTING.stream().anyMatch(operation::startsWith)
                && !operation.startsWith("PutRecord")
                && !operation.startsWith("PutEvents");
    }
}
