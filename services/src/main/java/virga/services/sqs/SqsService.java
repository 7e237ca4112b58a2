package virga.services.sqs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.cloud.Binder;
import virga.cloud.ResourcePolicies;
import virga.cloud.Service;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.sqs.Sqs;
import virga.store.Reading;

/** Amazon Simple Queue Service. */
public final class SqsService implements Service {
    private final Queues queues;
    private final SqsLimits limits;

    /** @param endpoint where queue URLs point to, without a slash at the end: {@code http://127.0.0.1:4566} */
    public SqsService(String endpoint, SqsLimits limits) {
        this.queues = new Queues(endpoint);
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return Sqs.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "ReceiveMessage.ReceiveRequestAttemptId",
                "SendMessage.MessageDeduplicationId",
                "SendMessage.MessageAttributes{}.StringListValues",
                "SendMessage.MessageAttributes{}.BinaryListValues",
                "SendMessage.MessageSystemAttributes{}.StringListValues",
                "SendMessage.MessageSystemAttributes{}.BinaryListValues",
                "SendMessage.MessageSystemAttributes{}.BinaryValue",
                "SendMessageBatch.Entries[].MessageDeduplicationId",
                "SendMessageBatch.Entries[].MessageAttributes{}.StringListValues",
                "SendMessageBatch.Entries[].MessageAttributes{}.BinaryListValues",
                "SendMessageBatch.Entries[].MessageSystemAttributes{}.StringListValues",
                "SendMessageBatch.Entries[].MessageSystemAttributes{}.BinaryListValues",
                "SendMessageBatch.Entries[].MessageSystemAttributes{}.BinaryValue");
    }

    @Override
    public void bind(Binder binder) {
        bindQueues(binder);
        bindMessages(binder);
        bindPermissions(binder);
        bindMoveTasks(binder);
        binder.resourcePolicies(new QueuePolicies(queues));
        binder.provisioner(new QueueProvisioner());
        binder.provisioner(new QueuePolicyProvisioner());
    }

    private void bindQueues(Binder binder) {
        QueueLookup lookup = new QueueLookup(queues);
        QueueSettings settings = new QueueSettings(queues);
        binder.atomic(Sqs.CREATE_QUEUE, new CreateQueue(queues))
                .resources((call, input) -> named(call, input.queueName()));
        binder.atomic(Sqs.GET_QUEUE_URL, lookup::url).resources((call, input) -> named(call, input.queueName()));
        binder.atomic(Sqs.LIST_QUEUES, lookup::list);
        binder.atomic(Sqs.LIST_DEAD_LETTER_SOURCE_QUEUES, lookup::sources).resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.GET_QUEUE_ATTRIBUTES, settings::get).resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.SET_QUEUE_ATTRIBUTES, (call, input, work) -> {
                    settings.set(call, input, work);
                    return virga.model.sqs.SetQueueAttributesResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.TAG_QUEUE, (call, input, work) -> {
                    settings.tag(call, input, work);
                    return virga.model.sqs.TagQueueResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.UNTAG_QUEUE, (call, input, work) -> {
                    settings.untag(call, input, work);
                    return virga.model.sqs.UntagQueueResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.LIST_QUEUE_TAGS, settings::tags).resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.PURGE_QUEUE, new PurgeQueue(queues, limits)).resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.DELETE_QUEUE, new DeleteQueue(queues)).resources(at(input -> input.queueUrl()));
    }

    private void bindMessages(Binder binder) {
        Sending sending = new Sending(limits);
        ReceivedMessages received = new ReceivedMessages(queues, limits);
        binder.atomic(Sqs.SEND_MESSAGE, new SendMessage(queues, sending)).resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.SEND_MESSAGE_BATCH, new SendMessageBatch(queues, sending, limits))
                .action("sqs:SendMessage")
                .resources(at(input -> input.queueUrl()));
        binder.conversation(Sqs.RECEIVE_MESSAGE, new ReceiveMessage(queues, limits))
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.DELETE_MESSAGE, (call, input, work) -> {
                    received.delete(call, input, work);
                    return virga.model.sqs.DeleteMessageResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.DELETE_MESSAGE_BATCH, received::deleteBatch)
                .action("sqs:DeleteMessage")
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.CHANGE_MESSAGE_VISIBILITY, (call, input, work) -> {
                    received.changeVisibility(call, input, work);
                    return virga.model.sqs.ChangeMessageVisibilityResponse.builder()
                            .build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.CHANGE_MESSAGE_VISIBILITY_BATCH, received::changeVisibilityBatch)
                .action("sqs:ChangeMessageVisibility")
                .resources(at(input -> input.queueUrl()));
    }

    private void bindPermissions(Binder binder) {
        Permissions permissions = new Permissions(queues);
        binder.atomic(Sqs.ADD_PERMISSION, (call, input, work) -> {
                    permissions.add(call, input, work);
                    return virga.model.sqs.AddPermissionResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
        binder.atomic(Sqs.REMOVE_PERMISSION, (call, input, work) -> {
                    permissions.remove(call, input, work);
                    return virga.model.sqs.RemovePermissionResponse.builder().build();
                })
                .resources(at(input -> input.queueUrl()));
    }

    private void bindMoveTasks(Binder binder) {
        MoveTasks tasks = new MoveTasks(queues);
        binder.atomic(Sqs.START_MESSAGE_MOVE_TASK, tasks::start)
                .actions((call, input) -> MoveTasks.actions(input))
                .resources((call, input) -> List.of(input.sourceArn()));
        binder.atomic(Sqs.LIST_MESSAGE_MOVE_TASKS, tasks::list).resources((call, input) -> List.of(input.sourceArn()));
        binder.atomic(Sqs.CANCEL_MESSAGE_MOVE_TASK, tasks::cancel)
                .resources((call, input) ->
                        List.of(MoveTask.named(input.taskHandle()).sourceArn()));
        binder.task(MoveTasks.KIND, tasks);
    }

    private static List<String> named(Call call, String name) {
        return List.of(Arn.of("sqs", call.scope(), name).toString());
    }

    private <I extends Structure> java.util.function.BiFunction<Call, I, List<String>> at(Function<I, String> url) {
        return (call, input) -> List.of(queues.arnOf(call, url.apply(input)));
    }

    /** The queue's {@code Policy} attribute. */
    private record QueuePolicies(Queues queues) implements ResourcePolicies {
        @Override
        public String service() {
            return "sqs";
        }

        @Override
        public Optional<String> of(String resourceArn, Reading reading) {
            Arn arn = Arn.parse(resourceArn);
            return queues.named(reading, new Scope("", arn.account(), arn.region()), arn.resource())
                    .map(queue -> queue.attribute(QueueAttribute.POLICY))
                    .filter(policy -> !policy.isEmpty());
        }
    }
}
