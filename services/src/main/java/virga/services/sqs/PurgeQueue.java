package virga.services.sqs;

import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.sqs.PurgeQueueInProgress;
import virga.model.sqs.PurgeQueueRequest;
import virga.model.sqs.PurgeQueueResponse;

/** Deletes all messages of a queue. Source: PurgeQueue, Amazon SQS API Reference. */
final class PurgeQueue implements Atomic<PurgeQueueRequest, PurgeQueueResponse> {
    private final Queues queues;
    private final SqsLimits limits;

    PurgeQueue(Queues queues, SqsLimits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    @Override
    public PurgeQueueResponse handle(Call call, PurgeQueueRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        if (work.now().isBefore(queue.purgedAt().plus(limits.purgeInterval()))) {
            throw new PurgeQueueInProgress("Only one PurgeQueue operation on " + queue.name() + " is allowed every "
                    + limits.purgeInterval().toSeconds() + " seconds.");
        }
        new Mailbox(queue, work).purge();
        QueueSettings.keep(work, queue.purged(work.now()));
        return PurgeQueueResponse.builder().build();
    }
}
