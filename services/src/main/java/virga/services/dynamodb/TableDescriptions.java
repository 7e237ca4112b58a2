package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import virga.kernel.Call;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.BillingModeSummary;
import virga.model.dynamodb.GlobalSecondaryIndexDescription;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.LocalSecondaryIndexDescription;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.ProvisionedThroughputDescription;
import virga.model.dynamodb.SSEDescription;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.TableClassSummary;
import virga.model.dynamodb.TableDescription;
import virga.services.dynamodb.item.ItemCodec;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;
import virga.store.KeyRange;
import virga.store.Reading;

/**
 * Tables as DescribeTable shows them. Items are counted when asked; AWS counts them every six hours.
 */
record TableDescriptions(Reading reading, Call call) {
    TableDescription of(Table table) {
        return with(table, table.status(call.at()).name());
    }

    /** @param status as the call leaves it, though it may pass at once */
    TableDescription with(Table table, String status) {
        Totals totals = totals(DynamoDbKeys.ITEM.range(table.id()));
        TableDescription.Builder shown = TableDescription.builder()
                .attributeDefinitions(table.definitions().stream()
                        .map(TableDescriptions::definition)
                        .toList())
                .tableName(table.name())
                .keySchema(elements(table.key()))
                .tableStatus(status)
                .creationDateTime(table.life().createdAt())
                .provisionedThroughput(throughput(table.throughput()))
                .tableSizeBytes(totals.bytes())
                .itemCount(totals.items())
                .tableArn(table.arn(call.scope()).toString())
                .tableId(table.id())
                .deletionProtectionEnabled(table.settings().deletionProtected());
        if (table.throughput().isOnDemand()) {
            shown.billingModeSummary(BillingModeSummary.builder()
                    .billingMode("PAY_PER_REQUEST")
                    .lastUpdateToPayPerRequestDateTime(table.life().createdAt())
                    .build());
        }
        indexes(table, shown);
        stream(table, shown);
        settings(table.settings(), shown);
        return shown.build();
    }

    private void indexes(Table table, TableDescription.Builder shown) {
        List<GlobalSecondaryIndexDescription> global = new ArrayList<>();
        List<LocalSecondaryIndexDescription> local = new ArrayList<>();
        for (SecondaryIndex index : table.indexes()) {
            Totals totals = totals(DynamoDbKeys.INDEX.range(table.id(), index.name()));
            String arn = table.arn(call.scope()) + "/index/" + index.name();
            if (index.global()) {
                global.add(global(index, totals, arn));
            } else {
                local.add(LocalSecondaryIndexDescription.builder()
                        .indexName(index.name())
                        .keySchema(elements(index.key()))
                        .projection(projection(index))
                        .indexSizeBytes(totals.bytes())
                        .itemCount(totals.items())
                        .indexArn(arn)
                        .build());
            }
        }
        if (!global.isEmpty()) {
            shown.globalSecondaryIndexes(global);
        }
        if (!local.isEmpty()) {
            shown.localSecondaryIndexes(local);
        }
    }

    private GlobalSecondaryIndexDescription global(SecondaryIndex index, Totals totals, String arn) {
        GlobalSecondaryIndexDescription.Builder shown = GlobalSecondaryIndexDescription.builder()
                .indexName(index.name())
                .keySchema(elements(index.key()))
                .projection(projection(index))
                .indexStatus(index.readiness().isReady(call.at()) ? "ACTIVE" : "CREATING")
                .provisionedThroughput(throughput(index.throughput()))
                .indexSizeBytes(totals.bytes())
                .itemCount(totals.items())
                .indexArn(arn);
        if (index.readiness().backfilling()) {
            shown.backfilling(true);
        }
        return shown.build();
    }

    private void stream(Table table, TableDescription.Builder shown) {
        if (table.stream().enabled()) {
            shown.streamSpecification(StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(table.stream().viewType())
                    .build());
        }
        if (!table.stream().label().isEmpty()) {
            shown.latestStreamLabel(table.stream().label()).latestStreamArn(table.streamArn(call.scope()));
        }
    }

    private void settings(Table.Settings settings, TableDescription.Builder shown) {
        if (settings.encryptedByKms()) {
            shown.sseDescription(SSEDescription.builder()
                    .status("ENABLED")
                    .sseType("KMS")
                    .kmsMasterKeyArn(keyArn(settings.encryptionKey()))
                    .build());
        }
        if (!settings.tableClass().equals("STANDARD")) {
            shown.tableClassSummary(TableClassSummary.builder()
                    .tableClass(settings.tableClass())
                    .build());
        }
    }

    private String keyArn(String key) {
        if (virga.kernel.Arn.isArn(key)) {
            return key;
        }
        String resource = key.startsWith("alias/") ? key : "key/" + key;
        return virga.kernel.Arn.of("kms", call.scope(), resource).toString();
    }

    private record Totals(long items, long bytes) {}

    private Totals totals(KeyRange range) {
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            return entries.map(entry ->
                            new Totals(1, ItemCodec.ITEM.decode(entry.value()).size()))
                    .reduce(new Totals(0, 0), (sum, one) -> new Totals(sum.items + one.items, sum.bytes + one.bytes));
        }
    }

    private static AttributeDefinition definition(KeyAttribute attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute.name())
                .attributeType(attribute.type().name())
                .build();
    }

    private static List<KeySchemaElement> elements(KeySchema key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (KeyAttribute attribute : key.attributes()) {
            elements.add(KeySchemaElement.builder()
                    .attributeName(attribute.name())
                    .keyType(elements.isEmpty() ? "HASH" : "RANGE")
                    .build());
        }
        return elements;
    }

    private static Projection projection(SecondaryIndex index) {
        Projection.Builder shown =
                Projection.builder().projectionType(index.projected().name());
        if (!index.included().isEmpty()) {
            shown.nonKeyAttributes(index.included());
        }
        return shown.build();
    }

    private static ProvisionedThroughputDescription throughput(Throughput throughput) {
        return ProvisionedThroughputDescription.builder()
                .numberOfDecreasesToday(0L)
                .readCapacityUnits(throughput.readUnits())
                .writeCapacityUnits(throughput.writeUnits())
                .build();
    }
}
