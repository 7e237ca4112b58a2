package virga.services.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.CreateGlobalSecondaryIndexAction;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.LocalSecondaryIndex;
import virga.model.dynamodb.ProvisionedThroughput;
import virga.services.dynamodb.item.KeyAttribute;

/** Indexes as requests define them. */
final class IndexDefinitions {
    private IndexDefinitions() {}

    /** The indexes of a new table: it has no items, so they are ready with it. */
    static List<SecondaryIndex> of(
            CreateTableInput input, List<KeyAttribute> definitions, String billingMode, Instant readyAt) {
        SecondaryIndex.Readiness readiness = new SecondaryIndex.Readiness(readyAt, false);
        List<SecondaryIndex> indexes = new ArrayList<>();
        for (GlobalSecondaryIndex given : input.globalSecondaryIndexes()) {
            refuseUnsupported("GlobalSecondaryIndexes", given);
            indexes.add(new SecondaryIndex(
                    given.indexName(),
                    true,
                    TableRules.key(given.keySchema(), definitions),
                    TableRules.projected(given.projection()),
                    given.projection().nonKeyAttributes(),
                    readiness,
                    throughput(given.indexName(), billingMode, given.provisionedThroughput())));
        }
        for (LocalSecondaryIndex given : input.localSecondaryIndexes()) {
            indexes.add(new SecondaryIndex(
                    given.indexName(),
                    false,
                    TableRules.key(given.keySchema(), definitions),
                    TableRules.projected(given.projection()),
                    given.projection().nonKeyAttributes(),
                    readiness,
                    Throughput.ON_DEMAND));
        }
        return indexes;
    }

    /** An index that is added to a table with items. */
    static SecondaryIndex of(
            CreateGlobalSecondaryIndexAction given, List<KeyAttribute> definitions, Table table, Instant readyAt) {
        refuseUnsupported("GlobalSecondaryIndexUpdates/Create", given);
        String billingMode = table.throughput().isOnDemand() ? "PAY_PER_REQUEST" : "PROVISIONED";
        return new SecondaryIndex(
                given.indexName(),
                true,
                TableRules.key(given.keySchema(), definitions),
                TableRules.projected(given.projection()),
                given.projection().nonKeyAttributes(),
                new SecondaryIndex.Readiness(readyAt, true),
                throughput(given.indexName(), billingMode, given.provisionedThroughput()));
    }

    private static Throughput throughput(String index, String billingMode, Optional<ProvisionedThroughput> given) {
        if (billingMode.equals("PAY_PER_REQUEST") && given.isPresent()) {
            throw TableRules.invalid("ProvisionedThroughput should not be specified for index: " + index
                    + " when BillingMode is PAY_PER_REQUEST");
        }
        if (billingMode.equals("PROVISIONED") && given.isEmpty()) {
            throw TableRules.invalid("ProvisionedThroughput is not specified for index: " + index);
        }
        return given.map(Throughput::of).orElse(Throughput.ON_DEMAND);
    }

    private static void refuseUnsupported(String where, Structure given) {
        for (String member : List.of("OnDemandThroughput", "WarmThroughput")) {
            if (given.get(member).isPresent()) {
                throw Fault.unsupported("dynamodb " + where + "/" + member);
            }
        }
    }
}
