package virga.services.sqs;

import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.sqs.DeleteQueueRequest;
import virga.model.sqs.DeleteQueueResponse;

/** Deletes a queue with its messages. Source: DeleteQueue, Amazon SQS API Reference. */
final class DeleteQueue implements Atomic<DeleteQueueRequest, DeleteQueueResponse> {
    private final Queues queues;

    DeleteQueue(Queues queues) {
        this.queues = queues;
    }

    @Override
    public DeleteQueueResponse handle(Call call, DeleteQueueRequest input, UnitOfWork work) {
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
        return DeleteQueueResponse.builder().build();
    }
}
