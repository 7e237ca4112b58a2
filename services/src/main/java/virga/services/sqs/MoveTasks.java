package virga.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.sqs.CancelMessageMoveTaskRequest;
import virga.model.sqs.CancelMessageMoveTaskResult;
import virga.model.sqs.ListMessageMoveTasksRequest;
import virga.model.sqs.ListMessageMoveTasksResult;
import virga.model.sqs.ResourceNotFoundException;
import virga.model.sqs.StartMessageMoveTaskRequest;
import virga.model.sqs.StartMessageMoveTaskResult;
import virga.model.sqs.UnsupportedOperation;
import virga.store.Reading;
import virga.store.RecordCodec;

/**
 * Moves the messages of a dead-letter queue back to where they came from, or elsewhere, a second's worth at a time.
 *
 * <p>Source: StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask, Amazon SQS API Reference; "Configure a dead-letter queue
 * redrive", Developer Guide.
 */
final class MoveTasks implements TaskHandler<MoveTasks.Step> {
    /** The next messages of a task. */
    record Step(String queueId, Instant startedAt, String taskId) {}

    static final TaskKind<Step> KIND = new TaskKind<>("sqs/move", RecordCodec.of(Step.class));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_PER_SECOND = 500;
    private static final int KEPT = 10;

    private final Queues queues;

    MoveTasks(Queues queues) {
        this.queues = queues;
    }

    StartMessageMoveTaskResult start(Call call, StartMessageMoveTaskRequest input, UnitOfWork work) {
        Queue source = existing(call, work, "SourceArn", input.sourceArn());
        input.destinationArn().ifPresent(arn -> existing(call, work, "DestinationArn", arn));
        input.maxNumberOfMessagesPerSecond()
                .ifPresent(rate -> requireWithin("MaxNumberOfMessagesPerSecond", rate, MOST_PER_SECOND));
        if (!isDeadLetterQueue(work, source)) {
            throw invalid("Source queue must be configured as a Dead Letter Queue.");
        }
        List<MoveTask> before = tasks(work, source);
        if (before.stream().anyMatch(task -> task.status().isActive())) {
            throw invalid("There is already a task running. Only one active task is allowed for a source queue arn at a"
                    + " given time.");
        }
        before.stream().skip(KEPT - 1).forEach(old -> work.delete(SqsKeys.move(source, old)));
        MoveTask task = MoveTask.begun(
                work.ids().uuid(),
                new MoveTask.Order(
                        source.arn(),
                        input.destinationArn().orElse(""),
                        input.maxNumberOfMessagesPerSecond().orElse(0)),
                work.now(),
                new Mailbox(source, work).nextNumber(),
                Counts.of(source, work, work.now()).visible());
        keep(work, source, task);
        work.send(KIND, new Step(source.id(), task.startedAt(), task.id()));
        return StartMessageMoveTaskResult.builder().taskHandle(task.handle()).build();
    }

    ListMessageMoveTasksResult list(Call call, ListMessageMoveTasksRequest input, UnitOfWork work) {
        int most = input.maxResults().orElse(1);
        requireWithin("MaxResults", most, KEPT);
        Queue source = existing(call, work, "SourceArn", input.sourceArn());
        return ListMessageMoveTasksResult.builder()
                .results(tasks(work, source).stream()
                        .limit(most)
                        .map(MoveTask::shown)
                        .toList())
                .build();
    }

    CancelMessageMoveTaskResult cancel(Call call, CancelMessageMoveTaskRequest input, UnitOfWork work) {
        MoveTask.Named named = MoveTask.named(input.taskHandle());
        Queue source = existing(call, work, "SourceArn", named.sourceArn());
        MoveTask task = tasks(work, source).stream()
                .filter(each -> each.id().equals(named.id()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("Task does not exist."));
        if (task.status() != MoveTask.Status.RUNNING) {
            throw new UnsupportedOperation("Only active tasks can be cancelled.");
        }
        keep(work, source, task.with(MoveTask.Status.CANCELLING));
        return CancelMessageMoveTaskResult.builder()
                .approximateNumberOfMessagesMoved(task.moved())
                .build();
    }

    /** What a caller needs beside the right to begin: that of the receiver, and of the sender where it names the destination. */
    static Map<String, List<String>> actions(StartMessageMoveTaskRequest input) {
        List<String> source = List.of(input.sourceArn());
        Map<String, List<String>> actions = new LinkedHashMap<>();
        actions.put("sqs:StartMessageMoveTask", source);
        actions.put("sqs:ReceiveMessage", source);
        actions.put("sqs:DeleteMessage", source);
        actions.put("sqs:GetQueueAttributes", source);
        input.destinationArn().ifPresent(arn -> actions.put("sqs:SendMessage", List.of(arn)));
        return actions;
    }

    @Override
    public Result run(Task<Step> due, Environment environment) {
        Call call = environment.newCall(
                due.scope(), new Principal.Service(due.scope().account(), "sqs.amazonaws.com", ""), due.cause());
        boolean active = environment.transact(call, work -> step(work, call, due.payload()));
        return active ? Result.again(call.at().plus(SECOND)) : Result.DONE;
    }

    /** Moves what one second may; whether the task goes on. */
    private boolean step(UnitOfWork work, Call call, Step step) {
        Optional<MoveTask> kept =
                work.get(SqsKeys.MOVE.key(step.queueId(), step.startedAt(), step.taskId()), SqsKeys.MOVE_ROW);
        Optional<Queue> source = kept.flatMap(
                        task -> queues.withArn(work, call, task.order().sourceArn()))
                .filter(queue -> queue.id().equals(step.queueId()));
        if (source.isEmpty()) {
            return false;
        }
        MoveTask task = moved(work, call, source.get(), kept.orElseThrow());
        keep(work, source.get(), task);
        return task.status().isActive();
    }

    private MoveTask moved(UnitOfWork work, Call call, Queue source, MoveTask task) {
        if (task.status() == MoveTask.Status.CANCELLING) {
            return task.with(MoveTask.Status.CANCELLED);
        }
        int most =
                task.order().perSecond() == 0 ? MOST_PER_SECOND : task.order().perSecond();
        Mailbox letters = new Mailbox(source, work);
        List<Message> next = letters.visibleBefore(task.until(), most);
        long moved = 0;
        for (Message message : next) {
            String arn = task.order().destinationArn().isEmpty()
                    ? message.content().deadLetterSource()
                    : task.order().destinationArn();
            if (arn.isEmpty()) {
                return task.failed("CouldNotDetermineMessageSource", moved);
            }
            Optional<Queue> destination = queues.withArn(work, call, arn);
            if (destination.isEmpty()) {
                return task.failed("AWS.SimpleQueueService.NonExistentQueue", moved);
            }
            letters.remove(message);
            Mailbox target = new Mailbox(destination.get(), work);
            target.add(number -> message.redriven(work.ids().uuid(), number, work.now()));
            moved++;
        }
        MoveTask after = task.moved(moved);
        return next.size() < most ? after.with(MoveTask.Status.COMPLETED) : after;
    }

    /** The queue's tasks, the newest first. */
    private static List<MoveTask> tasks(Reading reading, Queue source) {
        try (Stream<Reading.Entry> rows = reading.scan(SqsKeys.MOVE.range(source.id()))) {
            return rows.map(row -> SqsKeys.MOVE_ROW.decode(row.value()))
                    .toList()
                    .reversed();
        }
    }

    private static void keep(UnitOfWork work, Queue source, MoveTask task) {
        work.put(SqsKeys.move(source, task), task, SqsKeys.MOVE_ROW);
    }

    private Queue existing(Call call, Reading reading, String parameter, String arn) {
        if (!Arn.isArn(arn)) {
            throw invalid("You must use this format to specify the " + parameter
                    + ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
        }
        return queues.withArn(reading, call, arn)
                .orElseThrow(() -> new ResourceNotFoundException(
                        "The resource that you specified for the " + parameter + " parameter doesn't exist."));
    }

    private static boolean isDeadLetterQueue(Reading reading, Queue letters) {
        try (Stream<Reading.Entry> rows = reading.scan(
                SqsKeys.QUEUE.range(letters.scope().account(), letters.scope().region()))) {
            return rows.map(row -> SqsKeys.QUEUE_ROW.decode(row.value()))
                    .flatMap(queue -> queue.redrive().stream())
                    .anyMatch(policy -> policy.deadLetterTargetArn().equals(letters.arn()));
        }
    }

    private static void requireWithin(String parameter, int value, int most) {
        if (value < 1 || value > most) {
            throw invalid("Value " + value + " for parameter " + parameter
                    + " is invalid. Reason: Must be an integer from 1 to " + most + ", if provided.");
        }
    }

    private static Fault invalid(String message) {
        return new Fault("InvalidParameterValue", 400, message);
    }
}
