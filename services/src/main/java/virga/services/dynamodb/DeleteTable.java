package virga.services.dynamodb;

import java.time.Instant;
import virga.cloud.Atomic;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.DeleteTableInput;
import virga.model.dynamodb.DeleteTableOutput;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.TableDescription;

/** Deletes a table with its items. Its stream can still be read as long as its records are kept. */
final class DeleteTable implements Atomic<DeleteTableInput, DeleteTableOutput> {
    private final DynamoDbLimits.Tables limits;

    DeleteTable(DynamoDbLimits.Tables limits) {
        this.limits = limits;
    }

    @Override
    public DeleteTableOutput handle(Call call, DeleteTableInput input, UnitOfWork work) {
        Table table = Tables.described(work, call, input.tableName());
        TableDescription shown = new TableDescriptions(work, call).with(table, Table.Status.DELETING.name());
        checkDeletable(table, call.at());
        if (table.stream().enabled()) {
            StreamDefinition.end(work, call, table);
        }
        work.delete(DynamoDbKeys.ITEM.range(table.id()));
        work.delete(DynamoDbKeys.INDEX.range(table.id()));
        work.delete(DynamoDbKeys.EXPIRY.range(table.id()));
        ProvisionedCapacity.delete(work, table);
        Instant gone = call.at().plus(limits.transition());
        if (gone.isAfter(call.at())) {
            Tables.save(work, call.scope(), table.with(table.life().deleted(call.at(), gone)));
        } else {
            Tables.delete(work, call.scope(), table);
        }
        return DeleteTableOutput.builder().tableDescription(shown).build();
    }

    private static void checkDeletable(Table table, Instant now) {
        switch (table.status(now)) {
            case CREATING -> throw inUse("Table is being created: " + table.name());
            case UPDATING -> throw inUse("Table is being updated: " + table.name());
            case DELETING, GONE -> throw inUse("Table is being deleted: " + table.name());
            case ACTIVE -> {
                if (table.settings().deletionProtected()) {
                    throw Faults.validation("Resource cannot be deleted as it is currently protected against deletion."
                            + " Disable deletion protection first.");
                }
            }
        }
    }

    static ResourceInUseException inUse(String how) {
        return new ResourceInUseException("Attempt to change a resource which is still in use: " + how);
    }
}
