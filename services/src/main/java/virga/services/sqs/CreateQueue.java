package virga.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.CreateQueueResult;
import virga.model.sqs.QueueDeletedRecently;
import virga.model.sqs.QueueNameExists;
import virga.store.Codec;
import virga.store.RecordCodec;

/** Makes a queue; again with the same attributes, it answers the one there is. Source: CreateQueue, Amazon SQS API Reference. */
final class CreateQueue implements Atomic<CreateQueueRequest, CreateQueueResult> {
    static final Codec<DeletedAt> DELETED_AT = RecordCodec.of(DeletedAt.class);
    private static final Duration NAME_REST = Duration.ofSeconds(60);

    private final Queues queues;

    CreateQueue(Queues queues) {
        this.queues = queues;
    }

    /** When a queue of this name was deleted. */
    record DeletedAt(Instant time) {}

    @Override
    public CreateQueueResult handle(Call call, CreateQueueRequest input, UnitOfWork work) {
        String name = input.queueName();
        checkName(name);
        Map<String, String> attributes = input.attributes();
        QueueAttribute.check(attributes);
        Optional<Queue> existing = queues.named(work, call.scope(), name);
        if (existing.isPresent()) {
            requireSame(existing.get(), attributes);
            return result(existing.get());
        }
        requireRested(call, name, work);
        Queue queue = new Queue(
                work.ids().uuid(), call.scope(), name, attributes, input.tags(), work.now(), work.now(), Instant.EPOCH);
        work.put(SqsKeys.queue(call.scope(), name), queue, SqsKeys.QUEUE_ROW);
        return result(queue);
    }

    private CreateQueueResult result(Queue queue) {
        return CreateQueueResult.builder().queueUrl(queues.url(queue)).build();
    }

    private static void checkName(String name) {
        if (name.endsWith(".fifo")) {
            throw Fault.unsupported("AWS::SQS::Queue/FifoQueue");
        }
        if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
    }

    private static void requireSame(Queue queue, Map<String, String> attributes) {
        attributes.forEach((name, value) -> {
            QueueAttribute attribute = QueueAttribute.named(name).orElseThrow();
            if (!queue.attribute(attribute).equals(value)) {
                throw new QueueNameExists(
                        "A queue already exists with the same name and a different value for attribute " + name);
            }
        });
    }

    private static void requireRested(Call call, String name, UnitOfWork work) {
        work.get(SqsKeys.DELETED.key(call.account(), call.region(), name), DELETED_AT)
                .ifPresent(deleted -> {
                    if (work.now().isBefore(deleted.time().plus(NAME_REST))) {
                        throw new QueueDeletedRecently(
                                "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
                    }
                });
    }
}
