package virga.services.sqs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.sqs.BatchRequestTooLong;
import virga.model.sqs.BatchResultErrorEntry;
import virga.model.sqs.SendMessageBatchRequest;
import virga.model.sqs.SendMessageBatchRequestEntry;
import virga.model.sqs.SendMessageBatchResult;
import virga.model.sqs.SendMessageBatchResultEntry;

/** Source: SendMessageBatch, Amazon SQS API Reference. */
final class SendMessageBatch implements Atomic<SendMessageBatchRequest, SendMessageBatchResult> {
    private final Queues queues;
    private final Sending sending;
    private final SqsLimits limits;

    SendMessageBatch(Queues queues, Sending sending, SqsLimits limits) {
        this.queues = queues;
        this.sending = sending;
        this.limits = limits;
    }

    @Override
    public SendMessageBatchResult handle(Call call, SendMessageBatchRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        List<SendMessageBatchRequestEntry> entries = input.entries();
        Batches.check(
                entries.stream().map(SendMessageBatchRequestEntry::id).toList(),
                "SendMessageBatchRequestEntry",
                limits);
        Map<String, Sending.Draft> drafts = new LinkedHashMap<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : entries) {
            try {
                drafts.put(entry.id(), draft(queue, entry));
            } catch (Fault fault) {
                failed.add(Batches.failed(entry.id(), fault));
            }
        }
        int size = drafts.values().stream().mapToInt(Sending.Draft::size).sum();
        if (size > limits.messageBytes()) {
            throw new BatchRequestTooLong("Batch requests cannot be longer than " + limits.messageBytes()
                    + " bytes. You have sent " + size + " bytes.");
        }
        List<SendMessageBatchResultEntry> sent = new ArrayList<>();
        drafts.forEach((id, draft) -> sent.add(sent(id, sending.send(call, queue, draft, work))));
        work.detail(Details.ENTRIES, Integer.toString(sent.size()));
        work.detail(Details.BYTES, Integer.toString(size));
        return SendMessageBatchResult.builder().successful(sent).failed(failed).build();
    }

    private Sending.Draft draft(Queue queue, SendMessageBatchRequestEntry entry) {
        Sending.Draft draft = sending.draft(
                entry.messageBody(),
                entry.messageAttributes(),
                entry.messageSystemAttributes(),
                entry.delaySeconds().orElse(-1),
                entry.messageGroupId().orElse(""));
        sending.checkSize(queue, draft);
        return draft;
    }

    private static SendMessageBatchResultEntry sent(String id, Message message) {
        Message.Content content = message.content();
        return SendMessageBatchResultEntry.builder()
                .id(id)
                .messageId(message.id())
                .md5OfMessageBody(Digests.ofBody(content.body()))
                .md5OfMessageAttributes(
                        content.attributes().isEmpty() ? null : Digests.ofAttributes(content.attributes()))
                .build();
    }
}
