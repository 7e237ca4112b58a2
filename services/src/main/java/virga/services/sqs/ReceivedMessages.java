package virga.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.sqs.BatchResultErrorEntry;
import virga.model.sqs.ChangeMessageVisibilityBatchRequest;
import virga.model.sqs.ChangeMessageVisibilityBatchRequestEntry;
import virga.model.sqs.ChangeMessageVisibilityBatchResult;
import virga.model.sqs.ChangeMessageVisibilityBatchResultEntry;
import virga.model.sqs.ChangeMessageVisibilityRequest;
import virga.model.sqs.DeleteMessageBatchRequest;
import virga.model.sqs.DeleteMessageBatchRequestEntry;
import virga.model.sqs.DeleteMessageBatchResult;
import virga.model.sqs.DeleteMessageBatchResultEntry;
import virga.model.sqs.DeleteMessageRequest;
import virga.model.sqs.MessageNotInflight;

/** DeleteMessage and ChangeMessageVisibility: what a receiver does with a message by its receipt handle. Singly and in batches. */
final class ReceivedMessages {
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Queues queues;
    private final SqsLimits limits;

    ReceivedMessages(Queues queues, SqsLimits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    void delete(Call call, DeleteMessageRequest input, UnitOfWork work) {
        delete(queues.at(work, call, input.queueUrl()), input.receiptHandle(), work);
    }

    /** An old handle deletes nothing and is no error, as on a standard queue of AWS. */
    private static void delete(Queue queue, String handle, UnitOfWork work) {
        Mailbox mailbox = new Mailbox(queue, work);
        mailbox.receivedWith(ReceiptHandle.parse(handle, queue)).ifPresent(mailbox::remove);
    }

    DeleteMessageBatchResult deleteBatch(Call call, DeleteMessageBatchRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        List<DeleteMessageBatchRequestEntry> entries = input.entries();
        Batches.check(
                entries.stream().map(DeleteMessageBatchRequestEntry::id).toList(),
                "DeleteMessageBatchRequestEntry",
                limits);
        List<DeleteMessageBatchResultEntry> done = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (DeleteMessageBatchRequestEntry entry : entries) {
            try {
                delete(queue, entry.receiptHandle(), work);
                done.add(DeleteMessageBatchResultEntry.builder().id(entry.id()).build());
            } catch (Fault fault) {
                failed.add(Batches.failed(entry.id(), fault));
            }
        }
        return DeleteMessageBatchResult.builder()
                .successful(done)
                .failed(failed)
                .build();
    }

    void changeVisibility(Call call, ChangeMessageVisibilityRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        changeVisibility(queue, input.receiptHandle(), input.visibilityTimeout(), work);
    }

    private static void changeVisibility(Queue queue, String handle, int seconds, UnitOfWork work) {
        if (seconds < 0 || seconds > LONGEST.toSeconds()) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + seconds
                            + " for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.");
        }
        Mailbox mailbox = new Mailbox(queue, work);
        ReceiptHandle receipt = ReceiptHandle.parse(handle, queue);
        Message message = mailbox.receivedWith(receipt)
                .filter(found -> found.visibleAt().isAfter(work.now()))
                .orElseThrow(() -> new MessageNotInflight("Value " + handle + " for parameter ReceiptHandle is invalid."
                        + " Reason: Message does not exist or is not available for visibility timeout change."));
        Instant again = work.now().plusSeconds(seconds);
        if (again.isAfter(message.firstReceivedAt().plus(LONGEST)) && message.receiveCount() == 1) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + seconds
                            + " for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
        }
        mailbox.reschedule(message, message.visibleAt(again));
    }

    ChangeMessageVisibilityBatchResult changeVisibilityBatch(
            Call call, ChangeMessageVisibilityBatchRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        List<ChangeMessageVisibilityBatchRequestEntry> entries = input.entries();
        Batches.check(
                entries.stream()
                        .map(ChangeMessageVisibilityBatchRequestEntry::id)
                        .toList(),
                "ChangeMessageVisibilityBatchRequestEntry",
                limits);
        List<ChangeMessageVisibilityBatchResultEntry> done = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (ChangeMessageVisibilityBatchRequestEntry entry : entries) {
            try {
                changeVisibility(
                        queue,
                        entry.receiptHandle(),
                        entry.visibilityTimeout()
                                .orElse((int) queue.visibilityTimeout().toSeconds()),
                        work);
                done.add(ChangeMessageVisibilityBatchResultEntry.builder()
                        .id(entry.id())
                        .build());
            } catch (Fault fault) {
                failed.add(Batches.failed(entry.id(), fault));
            }
        }
        return ChangeMessageVisibilityBatchResult.builder()
                .successful(done)
                .failed(failed)
                .build();
    }
}
