package virga.services.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Atomic;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.GlobalSecondaryIndexUpdate;
import virga.model.dynamodb.LimitExceededException;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.UpdateGlobalSecondaryIndexAction;
import virga.model.dynamodb.UpdateTableInput;
import virga.model.dynamodb.UpdateTableOutput;
import virga.services.dynamodb.item.KeyAttribute;

/** Changes a table's capacity, indexes, stream and settings. Source: "UpdateTable", API Reference. */
final class UpdateTable implements Atomic<UpdateTableInput, UpdateTableOutput> {
    private static final List<String> UNSUPPORTED = List.of(
            "ReplicaUpdates",
            "MultiRegionConsistency",
            "GlobalTableWitnessUpdates",
            "OnDemandThroughput",
            "WarmThroughput",
            "GlobalTableSettingsReplicationMode");

    private final DynamoDbLimits limits;
    private final CreateTable creation;

    UpdateTable(DynamoDbLimits limits, CreateTable creation) {
        this.limits = limits;
        this.creation = creation;
    }

    @Override
    public UpdateTableOutput handle(Call call, UpdateTableInput input, UnitOfWork work) {
        CreateTable.refuse(input, UNSUPPORTED);
        Table table = Tables.described(work, call, input.tableName());
        checkActive(table, call.at());
        Table updated = settings(input, table);
        updated = capacity(input, updated);
        updated = stream(call, input, work, updated);
        updated = indexes(call, input, work, updated);
        updated = updated.with(
                updated.life().updatedUntil(call.at().plus(limits.tables().transition())));
        ProvisionedCapacity.change(work, table, updated);
        Tables.save(work, call.scope(), updated);
        return UpdateTableOutput.builder()
                .tableDescription(new TableDescriptions(work, call).with(updated, Table.Status.UPDATING.name()))
                .build();
    }

    private static void checkActive(Table table, Instant now) {
        switch (table.status(now)) {
            case ACTIVE -> {}
            case CREATING -> throw DeleteTable.inUse("Table is being created: " + table.name());
            case UPDATING -> throw DeleteTable.inUse("Table is being updated: " + table.name());
            case DELETING, GONE -> throw DeleteTable.inUse("Table is being deleted: " + table.name());
        }
    }

    private static Table settings(UpdateTableInput input, Table table) {
        Table.Settings settings = table.settings();
        if (input.deletionProtectionEnabled().isPresent()) {
            settings = settings.withDeletionProtected(
                    input.deletionProtectionEnabled().get());
        }
        if (input.tableClass().isPresent()) {
            CreateTable.checkTableClass(input, input.tableClass().get());
            settings = settings.withTableClass(input.tableClass().get());
        }
        if (input.sseSpecification().isPresent()) {
            settings = CreateTable.encrypted(settings, input.sseSpecification().get());
        }
        return table.with(settings);
    }

    private static Table capacity(UpdateTableInput input, Table table) {
        if (input.billingMode().isEmpty() && input.provisionedThroughput().isEmpty()) {
            return table;
        }
        String mode = input.billingMode().orElse(table.throughput().isOnDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
        Throughput wanted = TableRules.throughput(mode, input.provisionedThroughput());
        if (input.billingMode().isEmpty() && wanted.equals(table.throughput())) {
            throw Faults.validation(
                    "The provisioned throughput for the table will not change. The requested value equals"
                            + " the current value. Current ReadCapacityUnits provisioned for the table: "
                            + wanted.readUnits()
                            + ". Requested ReadCapacityUnits: " + wanted.readUnits()
                            + ". Current WriteCapacityUnits provisioned for the table: " + wanted.writeUnits()
                            + ". Requested WriteCapacityUnits: " + wanted.writeUnits()
                            + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        }
        Table updated = table.with(wanted);
        if (wanted.isOnDemand()) {
            for (SecondaryIndex index : table.indexes()) {
                updated = updated.replacing(index.with(Throughput.ON_DEMAND));
            }
        }
        return updated;
    }

    private Table stream(Call call, UpdateTableInput input, UnitOfWork work, Table table) {
        if (input.streamSpecification().isEmpty()) {
            return table;
        }
        Table.StreamSettings wanted =
                creation.stream(input.streamSpecification().get(), table.throughput(), call.at());
        if (wanted.enabled() && table.stream().enabled()) {
            throw Faults.validation("Table already has an enabled stream: TableName: " + table.name());
        }
        if (!wanted.enabled() && !table.stream().enabled()) {
            throw Faults.validation("Table is already in disabled stream state: TableName: " + table.name());
        }
        if (wanted.enabled()) {
            Table updated = table.with(wanted);
            StreamDefinition.begin(work, call, updated);
            return updated;
        }
        StreamDefinition.end(work, call, table);
        return table.with(new Table.StreamSettings("", table.stream().label(), 0));
    }

    private Table indexes(Call call, UpdateTableInput input, UnitOfWork work, Table table) {
        long created = input.globalSecondaryIndexUpdates().stream()
                .filter(change -> change.create().isPresent() || change.delete().isPresent())
                .count();
        if (created > 1) {
            throw new LimitExceededException(
                    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        }
        Table updated = table;
        for (GlobalSecondaryIndexUpdate change : input.globalSecondaryIndexUpdates()) {
            if (change.create().isPresent()) {
                updated = create(call, input, work, updated, change);
            } else if (change.delete().isPresent()) {
                updated = delete(work, updated, change.delete().get().indexName());
            } else if (change.update().isPresent()) {
                updated = update(updated, change.update().get());
            }
        }
        return updated;
    }

    private Table create(
            Call call, UpdateTableInput input, UnitOfWork work, Table table, GlobalSecondaryIndexUpdate change) {
        List<KeyAttribute> definitions = new ArrayList<>(table.definitions());
        TableRules.definitions(input.attributeDefinitions()).stream()
                .filter(definition -> !definitions.contains(definition))
                .forEach(definitions::add);
        Instant readyAt = call.at().plus(limits.tables().transition());
        SecondaryIndex index = IndexDefinitions.of(change.create().orElseThrow(), definitions, table, readyAt);
        if (table.index(index.name()).isPresent()) {
            throw Faults.validation("Attempting to create an index which already exists");
        }
        List<SecondaryIndex> indexes = new ArrayList<>(table.indexes());
        indexes.add(index);
        TableRules.checkIndexes(table.key(), indexes, limits.tables());
        work.send(Backfill.KIND, Backfill.Work.begin(table, index));
        return table.withIndexes(indexes, used(definitions, table, indexes));
    }

    private static Table delete(UnitOfWork work, Table table, String name) {
        globalIndex(table, name);
        List<SecondaryIndex> left = new ArrayList<>(table.indexes());
        left.removeIf(index -> index.name().equals(name));
        work.delete(DynamoDbKeys.INDEX.range(table.id(), name));
        return table.withIndexes(left, used(table.definitions(), table, left));
    }

    private static Table update(Table table, UpdateGlobalSecondaryIndexAction change) {
        SecondaryIndex index = globalIndex(table, change.indexName());
        CreateTable.refuse(change, List.of("OnDemandThroughput", "WarmThroughput"));
        return table.replacing(
                index.with(change.provisionedThroughput().map(Throughput::of).orElse(index.throughput())));
    }

    private static SecondaryIndex globalIndex(Table table, String name) {
        Optional<SecondaryIndex> index = table.index(name).filter(SecondaryIndex::global);
        if (index.isEmpty()) {
            throw new ResourceNotFoundException("Requested resource not found");
        }
        if (index.get().readiness().backfilling()) {
            throw new ResourceInUseException(
                    "Attempt to change a resource which is still in use: Index is being created: " + name);
        }
        return index.get();
    }

    private static List<KeyAttribute> used(List<KeyAttribute> definitions, Table table, List<SecondaryIndex> indexes) {
        Set<String> names = new LinkedHashSet<>(table.key().names());
        indexes.forEach(index -> names.addAll(index.key().names()));
        return definitions.stream()
                .filter(definition -> names.contains(definition.name()))
                .toList();
    }
}
