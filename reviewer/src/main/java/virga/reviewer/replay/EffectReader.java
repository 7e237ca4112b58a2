package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Details;
import virga.kernel.Principal;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.StructureCodec;
import virga.model.dynamodb.BatchWriteItemInput;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.UpdateItemInput;
import virga.observe.json.Json;

/** Reads what a lineage did from the records of a fork, and from the state it left behind. */
final class EffectReader {
    private final LiveEnvironment fork;
    /** By the service's name in records and the operation's: two models may share a service, as tables and their streams do. */
    private final Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();

    EffectReader(LiveEnvironment fork, Iterable<ServiceModel> models) {
        this.fork = fork;
        models.forEach(model ->
                model.all().forEach(operation -> operations.put(model.name() + ":" + operation.name(), operation)));
    }

    /** The effects of the calls that functions made, in the order of the calls. */
    List<Effect> read(List<CallRecord> lineage) {
        Consumers consumers = new Consumers(lineage);
        TouchedItems items = new TouchedItems(fork);
        TouchedObjects objects = new TouchedObjects(fork);
        List<Effect> sent = new ArrayList<>();
        Set<String> receipts = new HashSet<>();
        for (CallRecord record : lineage) {
            if (!Changing.is(record) || !record.cause().via().equals("invocation") || !tookEffect(record)) {
                continue;
            }
            Optional<Structure> input = input(record);
            if (input.isPresent()
                    && !touch(items, record, input.get())
                    && !objects.touch(
                            record.scope(), input.get(), makers(record).getFirst())) {
                sent.addAll(sent(record, input.get(), consumers.of(record), receipts));
            }
        }
        List<Effect> all = new ArrayList<>(items.states());
        all.addAll(objects.states());
        all.addAll(sent);
        return all;
    }

    /** Calls whose input was too long to be kept: what they did is not compared. */
    static SortedSet<String> unread(List<CallRecord> lineage) {
        return lineage.stream()
                .filter(record -> Changing.is(record) && record.details().containsKey(Details.INPUT_CUT))
                .map(EffectReader::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lambda names a worker's session after its function. */
    private static SortedSet<String> makers(CallRecord record) {
        return new TreeSet<>(
                Set.of(record.principal().substring(record.principal().lastIndexOf('/') + 1)));
    }

    /** A call whose answer was lost on purpose had its effect. */
    static boolean tookEffect(CallRecord record) {
        return !record.failed() || record.outcome().equals(CrashWeather.ANSWER_LOST);
    }

    private static String name(CallRecord record) {
        return record.service() + ":" + record.operation();
    }

    private Optional<Structure> input(CallRecord record) {
        if (record.details().containsKey(Details.INPUT_CUT)) {
            return Optional.empty();
        }
        return Optional.<Operation<?, ?>>ofNullable(operations.get(record.service() + ":" + record.operation()))
                .filter(Operation::isModelled)
                .map(operation -> StructureCodec.decode(operation.input(), record.input()));
    }

    private static boolean touch(TouchedItems items, CallRecord record, Structure input) {
        var scope = record.scope();
        items.by(makers(record).getFirst());
        switch (input) {
            case PutItemInput put -> items.put(scope, put.tableName(), put.item());
            case UpdateItemInput update -> items.touch(scope, update.tableName(), update.key());
            case DeleteItemInput delete -> items.touch(scope, delete.tableName(), delete.key());
            case BatchWriteItemInput batch ->
                batch.requestItems()
                        .forEach((table, writes) -> writes.forEach(write -> {
                            write.putRequest().ifPresent(put -> items.put(scope, table, put.item()));
                            write.deleteRequest().ifPresent(delete -> items.touch(scope, table, delete.key()));
                        }));
            case TransactWriteItemsInput transaction ->
                transaction.transactItems().forEach(item -> {
                    item.put().ifPresent(put -> items.put(scope, put.tableName(), put.item()));
                    item.update().ifPresent(update -> items.touch(scope, update.tableName(), update.key()));
                    item.delete().ifPresent(delete -> items.touch(scope, delete.tableName(), delete.key()));
                });
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Effect> sent(CallRecord record, Structure input, String consumer, Set<String> receipts) {
        Json.Structure said = (Json.Structure) StructureJson.of(input);
        Json.Structure answered = answered(record);
        return switch (name(record)) {
            case "sqs:SendMessage" ->
                fresh(receipts, record, text(answered, "MessageId"))
                        ? List.of(message(record, said, text(said, "QueueUrl"), consumer))
                        : List.of();
            case "sqs:SendMessageBatch" -> batch(record, said, answered, consumer, receipts);
            case "events:PutEvents" ->
                elements(said, "Entries").stream()
                        .map(entry -> new Effect(
                                Effect.Kind.EVENT,
                                Optional.of(text(entry, "EventBusName"))
                                        .filter(bus -> !bus.isEmpty())
                                        .orElse("default"),
                                only(entry, "Source", "DetailType", "Detail", "Resources"),
                                consumer,
                                makers(record)))
                        .toList();
            case "lambda:Invoke" ->
                List.of(new Effect(
                        Effect.Kind.INVOCATION,
                        text(said, "FunctionName"),
                        only(said, "Payload", "Qualifier"),
                        consumer,
                        makers(record)));
            case "states:StartExecution" ->
                fresh(receipts, record, text(answered, "executionArn"))
                        ? List.of(new Effect(
                                Effect.Kind.EXECUTION,
                                text(said, "stateMachineArn"),
                                only(said, "input"),
                                consumer,
                                makers(record)))
                        : List.of();
            default ->
                !Changing.isSetting(record.operation()) || fresh(receipts, record, said.text())
                        ? List.of(new Effect(Effect.Kind.CALL, name(record), said, consumer, makers(record)))
                        : List.of();
        };
    }

    private static List<Effect> batch(
            CallRecord record, Json.Structure said, Json.Structure answered, String consumer, Set<String> receipts) {
        Map<String, String> receiptOf = new LinkedHashMap<>();
        elements(answered, "Successful").forEach(done -> receiptOf.put(text(done, "Id"), text(done, "MessageId")));
        boolean lost = record.failed();
        return elements(said, "Entries").stream()
                .filter(entry -> lost || receiptOf.containsKey(text(entry, "Id")))
                .filter(entry -> fresh(receipts, record, receiptOf.getOrDefault(text(entry, "Id"), "")))
                .map(entry -> message(record, entry, text(said, "QueueUrl"), consumer))
                .toList();
    }

    private static Effect message(CallRecord record, Json.Structure message, String queueUrl, String consumer) {
        String queue = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
        return new Effect(
                Effect.Kind.MESSAGE,
                queue,
                only(message, "MessageBody", "MessageAttributes", "MessageGroupId"),
                consumer,
                makers(record));
    }

    /** False where an earlier call was given the same receipt: the service recognised the duplicate. */
    private static boolean fresh(Set<String> receipts, CallRecord record, String receipt) {
        return receipt.isEmpty() || receipts.add(name(record) + " " + receipt);
    }

    private Json.Structure answered(CallRecord record) {
        if (record.output().isEmpty() || record.details().containsKey(Details.OUTPUT_CUT)) {
            return new Json.Structure(new LinkedHashMap<>());
        }
        Operation<?, ?> operation = operations.get(record.service() + ":" + record.operation());
        return (Json.Structure) StructureJson.of(StructureCodec.decode(operation.output(), record.output()));
    }

    private static Json only(Json.Structure structure, String... names) {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String name : names) {
            Json value = structure.fields().get(name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return StructureJson.object(fields);
    }

    private static List<Json.Structure> elements(Json.Structure structure, String name) {
        if (!(structure.fields().get(name) instanceof Json.Array array)) {
            return List.of();
        }
        return array.elements().stream()
                .filter(Json.Structure.class::isInstance)
                .map(Json.Structure.class::cast)
                .toList();
    }

    private static String text(Json.Structure structure, String name) {
        return structure.fields().get(name) instanceof Json.Text text ? text.value() : "";
    }

    /** The root of the account that {@code record} happened in: it reads what is left behind. */
    static virga.kernel.Call reading(LiveEnvironment fork, virga.kernel.Scope scope) {
        String trace = fork.ports().ids().traceId();
        return fork.newCall(scope, new Principal.Root(scope.account()), Cause.root(trace));
    }

    /** Who took what was sent: the functions whose invocations descend from a call. */
    private static final class Consumers {
        private final Map<String, List<CallRecord>> children = new LinkedHashMap<>();

        Consumers(List<CallRecord> lineage) {
            for (CallRecord record : lineage) {
                for (Cause cause : record.causes()) {
                    children.computeIfAbsent(cause.parentId(), unused -> new ArrayList<>())
                            .add(record);
                }
            }
        }

        String of(CallRecord record) {
            return of(record.id(), new HashSet<>());
        }

        private String of(String id, Set<String> seen) {
            if (!seen.add(id)) {
                return "";
            }
            for (CallRecord child : children.getOrDefault(id, List.of())) {
                String found = child.kind() == CallRecord.Kind.INVOCATION
                        ? Arn.parse(child.resources().getFirst()).name()
                        : of(child.id(), seen);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return "";
        }
    }
}
