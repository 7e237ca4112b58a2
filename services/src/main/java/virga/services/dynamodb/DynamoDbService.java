package virga.services.dynamodb;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.TagResourceResponse;
import virga.model.dynamodb.UntagResourceResponse;

/** Amazon DynamoDB. Its streams have operations, and so a service, of their own: {@link DynamoDbStreamsService}. */
public final class DynamoDbService implements Service {
    private final DynamoDbLimits limits;

    public DynamoDbService(DynamoDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return DynamoDb.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "TransactWriteItems.ReturnItemCollectionMetrics=NONE",
                "UpdateTable.GlobalTableWitnessUpdates",
                "UpdateTable.MultiRegionConsistency",
                "UpdateTable.ReplicaUpdates",
                "UpdateTable.WarmThroughput",
                "UpdateTable.OnDemandThroughput",
                "UpdateTable.GlobalSecondaryIndexUpdates[].Update.WarmThroughput",
                "UpdateTable.GlobalSecondaryIndexUpdates[].Update.OnDemandThroughput",
                "UpdateTable.GlobalSecondaryIndexUpdates[].Create.WarmThroughput",
                "UpdateTable.GlobalSecondaryIndexUpdates[].Create.OnDemandThroughput");
    }

    @Override
    public void bind(Binder binder) {
        bindTables(binder);
        bindSettings(binder);
        bindItems(binder);
        bindManyItems(binder);
        binder.task(Backfill.KIND, new Backfill());
        binder.task(Expiry.KIND, new Expiry(limits.tables()));
        binder.task(ForgetTransaction.KIND, new ForgetTransaction());
        binder.task(StreamTrim.KIND, new StreamTrim(limits.streams()));
        binder.provisioner(new TableProvisioner());
    }

    private void bindTables(Binder binder) {
        CreateTable creation = new CreateTable(limits);
        TableLookup lookup = new TableLookup();
        binder.atomic(DynamoDb.CREATE_TABLE, creation).resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.DESCRIBE_TABLE, lookup::describe).resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.LIST_TABLES, lookup::list);
        binder.atomic(DynamoDb.UPDATE_TABLE, new UpdateTable(limits, creation))
                .resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.DELETE_TABLE, new DeleteTable(limits.tables()))
                .resources(on(input -> input.tableName()));
    }

    private static void bindSettings(Binder binder) {
        TableSettings settings = new TableSettings();
        binder.atomic(DynamoDb.UPDATE_TIME_TO_LIVE, settings::updateTimeToLive)
                .resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.DESCRIBE_TIME_TO_LIVE, settings::describeTimeToLive)
                .resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.UPDATE_CONTINUOUS_BACKUPS, settings::updateBackups)
                .resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.DESCRIBE_CONTINUOUS_BACKUPS, settings::describeBackups)
                .resources(on(input -> input.tableName()));
        binder.atomic(DynamoDb.TAG_RESOURCE, (call, input, work) -> {
                    settings.tag(call, input, work);
                    return TagResourceResponse.builder().build();
                })
                .resources(on(input -> input.resourceArn()));
        binder.atomic(DynamoDb.UNTAG_RESOURCE, (call, input, work) -> {
                    settings.untag(call, input, work);
                    return UntagResourceResponse.builder().build();
                })
                .resources(on(input -> input.resourceArn()));
        binder.atomic(DynamoDb.LIST_TAGS_OF_RESOURCE, settings::tags).resources(on(input -> input.resourceArn()));
    }

    private void bindItems(Binder binder) {
        SingleWrite writes = new SingleWrite(limits);
        binder.conversation(DynamoDb.PUT_ITEM, new PutItem(writes)).resources(on(input -> input.tableName()));
        binder.conversation(DynamoDb.GET_ITEM, new GetItem(limits)).resources(on(input -> input.tableName()));
        binder.conversation(DynamoDb.UPDATE_ITEM, new UpdateItem(writes)).resources(on(input -> input.tableName()));
        binder.conversation(DynamoDb.DELETE_ITEM, new DeleteItem(writes)).resources(on(input -> input.tableName()));
    }

    private void bindManyItems(Binder binder) {
        SingleWrite writes = new SingleWrite(limits);
        binder.conversation(DynamoDb.QUERY, new Query(limits))
                .resources((call, input) ->
                        read(call, input.tableName(), input.indexName().orElse("")));
        binder.conversation(DynamoDb.SCAN, new Scan(limits))
                .resources((call, input) ->
                        read(call, input.tableName(), input.indexName().orElse("")));
        binder.conversation(DynamoDb.BATCH_GET_ITEM, new BatchGetItem(limits))
                .resources((call, input) -> all(call, input.requestItems().keySet()));
        binder.conversation(DynamoDb.BATCH_WRITE_ITEM, new BatchWriteItem(limits))
                .resources((call, input) -> all(call, input.requestItems().keySet()));
        binder.conversation(DynamoDb.TRANSACT_GET_ITEMS, new TransactGetItems(limits))
                .action("dynamodb:GetItem")
                .resources((call, input) -> all(
                        call,
                        input.transactItems().stream()
                                .map(item -> item.get().tableName())
                                .toList()));
        binder.conversation(DynamoDb.TRANSACT_WRITE_ITEMS, new TransactWriteItems(limits))
                .actions(TransactionItem::actions)
                .resources((call, input) -> TransactionItem.actions(call, input).values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .toList());
    }

    private static <I extends Structure> BiFunction<Call, I, List<String>> on(Function<I, String> table) {
        return (call, input) -> Tables.arns(call, table.apply(input));
    }

    private static List<String> read(Call call, String table, String index) {
        String arn = Tables.arn(call, table);
        return List.of(index.isEmpty() ? arn : arn + "/index/" + index);
    }

    private static List<String> all(Call call, Iterable<String> tables) {
        List<String> arns = new java.util.ArrayList<>();
        tables.forEach(table -> {
            String arn = Tables.arn(call, table);
            if (!arns.contains(arn)) {
                arns.add(arn);
            }
        });
        return arns;
    }
}
