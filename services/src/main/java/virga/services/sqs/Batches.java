package virga.services.sqs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import virga.kernel.Fault;
import virga.model.sqs.BatchEntryIdsNotDistinct;
import virga.model.sqs.BatchResultErrorEntry;
import virga.model.sqs.EmptyBatchRequest;
import virga.model.sqs.InvalidBatchEntryId;
import virga.model.sqs.TooManyEntriesInBatchRequest;

/** The rules that all batch operations share, checked before any entry is looked at. */
final class Batches {
    private Batches() {}

    static void check(List<String> ids, String entryShape, SqsLimits limits) {
        if (ids.isEmpty()) {
            throw new EmptyBatchRequest("There should be at least one " + entryShape + " in the request.");
        }
        if (ids.size() > limits.batchEntries()) {
            throw new TooManyEntriesInBatchRequest("Maximum number of entries per request are " + limits.batchEntries()
                    + ". You have sent " + ids.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!id.matches("[A-Za-z0-9_-]{1,80}")) {
                throw new InvalidBatchEntryId(
                        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.");
            }
            if (!seen.add(id)) {
                throw new BatchEntryIdsNotDistinct("Id " + id + " repeated.");
            }
        }
    }

    static BatchResultErrorEntry failed(String id, Fault fault) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .code(fault.code())
                .message(fault.getMessage())
                .senderFault(fault.isClientFault())
                .build();
    }
}
