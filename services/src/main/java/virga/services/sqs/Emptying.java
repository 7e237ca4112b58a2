package virga.services.sqs;

import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.sqs.DeleteQueueRequest;
import virga.model.sqs.PurgeQueueInProgress;
import virga.model.sqs.PurgeQueueRequest;

/** PurgeQueue and DeleteQueue. */
final class Emptying {
    private final Queues queues;
    private final SqsLimits limits;

    Emptying(Queues queues, SqsLimits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    void purge(Call call, PurgeQueueRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        if (work.now().isBefore(queue.purgedAt().plus(limits.purgeInterval()))) {
            throw new PurgeQueueInProgress("Only one PurgeQueue operation on " + queue.name() + " is allowed every "
                    + limits.purgeInterval().toSeconds() + " seconds.");
        }
        new Mailbox(queue, work).purge();
        QueueSettings.keep(work, queue.purged(work.now()));
    }

    void delete(Call call, DeleteQueueRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        new Mailbox(queue, work).purge();
        work.delete(SqsKeys.COUNTER.key(queue.id()));
        work.delete(SqsKeys.MOVE.range(queue.id()));
        work.delete(SqsKeys.queue(queue.scope(), queue.name()));
        work.put(
                SqsKeys.DELETED.key(queue.scope().account(), queue.scope().region(), queue.name()),
                new CreateQueue.DeletedAt(work.now()),
                CreateQueue.DELETED_AT);
        work.raise(queue.signal());
    }
}
