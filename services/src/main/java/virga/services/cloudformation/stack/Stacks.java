package virga.services.cloudformation.stack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.services.cloudformation.template.TemplateErrors;
import virga.store.Codec;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.Reading.Direction;
import virga.store.Transaction;

/** Reads and writes what is kept of the stacks of one account and region. */
public record Stacks(Scope scope) {
    /** A stack by its ARN (deleted ones too) or by the name that it has now. */
    public Optional<StackRecord> find(Reading reading, String nameOrArn) {
        if (nameOrArn.startsWith("arn:")) {
            String uuid = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
            return byUuid(reading, uuid);
        }
        return reading.get(StackKeys.NAME.key(scope.account(), scope.region(), nameOrArn), Codec.UTF8)
                .flatMap(uuid -> byUuid(reading, uuid));
    }

    /** @throws Fault {@code ValidationError} that says so where there is none */
    public StackRecord get(Reading reading, String nameOrArn) {
        return find(reading, nameOrArn)
                .orElseThrow(() -> TemplateErrors.validation("Stack with id " + nameOrArn + " does not exist"));
    }

    /** As {@link #get}, in the words of operations that take a name. */
    public StackRecord named(Reading reading, String nameOrArn) {
        return find(reading, nameOrArn)
                .filter(stack -> !stack.isDeleted())
                .orElseThrow(() -> TemplateErrors.validation("Stack [" + nameOrArn + "] does not exist"));
    }

    public Optional<StackRecord> byUuid(Reading reading, String uuid) {
        return reading.get(StackKeys.STACK.key(scope.account(), scope.region(), uuid), StackKeys.STACK_RECORD);
    }

    public List<StackRecord> all(Reading reading) {
        return all(reading, StackKeys.STACK.range(scope.account(), scope.region()), StackKeys.STACK_RECORD);
    }

    public void put(Transaction transaction, StackRecord stack) {
        transaction.put(
                StackKeys.STACK.key(scope.account(), scope.region(), stack.uuid()), stack, StackKeys.STACK_RECORD);
        if (stack.isDeleted()) {
            transaction.delete(StackKeys.NAME.key(scope.account(), scope.region(), stack.name()));
        } else {
            transaction.put(
                    StackKeys.NAME.key(scope.account(), scope.region(), stack.name()), stack.uuid(), Codec.UTF8);
        }
    }

    public Map<String, ResourceRecord> resources(Reading reading, String uuid) {
        Map<String, ResourceRecord> found = new TreeMap<>();
        all(reading, StackKeys.RESOURCE.range(scope.account(), scope.region(), uuid), StackKeys.RESOURCE_RECORD)
                .forEach(resource -> found.put(resource.logicalId(), resource));
        return found;
    }

    public Optional<ResourceRecord> resource(Reading reading, String uuid, String logicalId) {
        return reading.get(
                StackKeys.RESOURCE.key(scope.account(), scope.region(), uuid, logicalId), StackKeys.RESOURCE_RECORD);
    }

    void put(Transaction transaction, String uuid, ResourceRecord resource) {
        transaction.put(
                StackKeys.RESOURCE.key(scope.account(), scope.region(), uuid, resource.logicalId()),
                resource,
                StackKeys.RESOURCE_RECORD);
    }

    void deleteResource(Transaction transaction, String uuid, String logicalId) {
        transaction.delete(StackKeys.RESOURCE.key(scope.account(), scope.region(), uuid, logicalId));
    }

    /** Events, the newest first, from before {@code sequence}. */
    public List<NumberedEvent> events(Reading reading, String uuid, long before, int most) {
        KeyRange range = StackKeys.EVENT
                .range(scope.account(), scope.region(), uuid)
                .before(StackKeys.EVENT.key(scope.account(), scope.region(), uuid, before));
        try (Stream<Reading.Entry> entries = reading.scan(range, Direction.BACKWARD)) {
            return entries.limit(most)
                    .map(entry -> new NumberedEvent(
                            StackKeys.EVENT.number(entry.key(), 3), StackKeys.EVENT_RECORD.decode(entry.value())))
                    .toList();
        }
    }

    /** An event with its place in the stack's history. */
    public record NumberedEvent(long sequence, EventRecord event) {}

    public void add(Transaction transaction, String uuid, EventRecord event) {
        KeyRange range = StackKeys.EVENT.range(scope.account(), scope.region(), uuid);
        long last = transaction
                .first(range, Direction.BACKWARD)
                .map(entry -> StackKeys.EVENT.number(entry.key(), 3))
                .orElse(0L);
        transaction.put(
                StackKeys.EVENT.key(scope.account(), scope.region(), uuid, last + 1), event, StackKeys.EVENT_RECORD);
    }

    /** The event of a stack's own change of state. */
    public void addStackEvent(
            Transaction transaction, StackRecord stack, String eventId, Instant at, String clientToken) {
        EventRecord.Subject subject = new EventRecord.Subject(stack.name(), stack.arn(), "AWS::CloudFormation::Stack");
        add(
                transaction,
                stack.uuid(),
                new EventRecord(eventId, subject, stack.status().name(), stack.reason(), at, "", clientToken));
    }

    public List<ChangeSetRecord> changeSets(Reading reading, String uuid) {
        return all(
                reading,
                StackKeys.CHANGE_SET.range(scope.account(), scope.region(), uuid),
                StackKeys.CHANGE_SET_RECORD);
    }

    public void put(Transaction transaction, ChangeSetRecord changeSet) {
        transaction.put(changeSetKey(changeSet), changeSet, StackKeys.CHANGE_SET_RECORD);
    }

    public void delete(Transaction transaction, ChangeSetRecord changeSet) {
        transaction.delete(changeSetKey(changeSet));
    }

    private virga.store.Key changeSetKey(ChangeSetRecord changeSet) {
        return StackKeys.CHANGE_SET.key(
                scope.account(),
                scope.region(),
                changeSet.identity().stackUuid(),
                changeSet.identity().name());
    }

    /** A change set by its ARN, or by its name and its stack's. */
    public Optional<ChangeSetRecord> changeSet(Reading reading, String nameOrArn, Optional<String> stackName) {
        if (nameOrArn.startsWith("arn:")) {
            return all(
                            reading,
                            StackKeys.CHANGE_SET.range(scope.account(), scope.region()),
                            StackKeys.CHANGE_SET_RECORD)
                    .stream()
                    .filter(changeSet -> changeSet.identity().arn().equals(nameOrArn))
                    .findFirst();
        }
        return stackName
                .flatMap(name -> find(reading, name))
                .flatMap(stack -> reading.get(
                        StackKeys.CHANGE_SET.key(scope.account(), scope.region(), stack.uuid(), nameOrArn),
                        StackKeys.CHANGE_SET_RECORD));
    }

    Optional<OperationRecord> operation(Reading reading, String uuid) {
        return reading.get(StackKeys.OPERATION.key(scope.account(), scope.region(), uuid), StackKeys.OPERATION_RECORD);
    }

    void put(Transaction transaction, String uuid, OperationRecord operation) {
        transaction.put(
                StackKeys.OPERATION.key(scope.account(), scope.region(), uuid), operation, StackKeys.OPERATION_RECORD);
    }

    void deleteOperation(Transaction transaction, String uuid) {
        transaction.delete(StackKeys.OPERATION.key(scope.account(), scope.region(), uuid));
    }

    public List<ExportRecord> exports(Reading reading) {
        return all(reading, StackKeys.EXPORT.range(scope.account(), scope.region()), StackKeys.EXPORT_RECORD);
    }

    public Optional<ExportRecord> export(Reading reading, String name) {
        return reading.get(StackKeys.EXPORT.key(scope.account(), scope.region(), name), StackKeys.EXPORT_RECORD);
    }

    /** The names of the stacks that import {@code export}. */
    public List<String> importers(Reading reading, String export) {
        return all(reading, StackKeys.IMPORT.range(scope.account(), scope.region(), export), Codec.UTF8);
    }

    private static <T> List<T> all(Reading reading, KeyRange range, Codec<T> codec) {
        List<T> found = new ArrayList<>();
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            entries.forEach(entry -> found.add(codec.decode(entry.value())));
        }
        return found;
    }
}
