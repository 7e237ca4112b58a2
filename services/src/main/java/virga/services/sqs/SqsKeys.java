package virga.services.sqs;

import static virga.store.Part.number;
import static virga.store.Part.text;
import static virga.store.Part.time;

import virga.kernel.Scope;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of SQS. A queue's messages are under its id, not its name: a queue made anew under an old name begins empty. */
final class SqsKeys {
    static final KeySpace QUEUE = KeySpace.of("sqs/queue", text("account"), text("region"), text("name"));
    static final KeySpace MESSAGE = KeySpace.of("sqs/message", text("queueId"), number("number"));
    static final KeySpace SCHEDULE = KeySpace.of("sqs/schedule", text("queueId"), time("visibleAt"), number("number"));
    static final KeySpace COUNTER = KeySpace.of("sqs/counter", text("queueId"));
    /** Tasks that move messages out of a dead-letter queue. */
    static final KeySpace MOVE = KeySpace.of("sqs/move", text("queueId"), time("startedAt"), text("task"));
    /** Names of queues that were deleted a moment ago. */
    static final KeySpace DELETED = KeySpace.of("sqs/deleted", text("account"), text("region"), text("name"));

    static final Codec<Queue> QUEUE_ROW = RecordCodec.of(Queue.class);
    static final Codec<MoveTask> MOVE_ROW = RecordCodec.of(MoveTask.class);
    static final Codec<Message> MESSAGE_ROW = RecordCodec.of(Message.class);

    private SqsKeys() {}

    static Key queue(Scope scope, String name) {
        return QUEUE.key(scope.account(), scope.region(), name);
    }

    static Key message(Queue queue, long number) {
        return MESSAGE.key(queue.id(), number);
    }

    static Key move(Queue source, MoveTask task) {
        return MOVE.key(source.id(), task.startedAt(), task.id());
    }

    static Key schedule(Queue queue, Message message) {
        return SCHEDULE.key(queue.id(), message.visibleAt(), message.number());
    }
}
