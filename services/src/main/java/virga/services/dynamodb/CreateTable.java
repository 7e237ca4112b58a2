package virga.services.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.CreateTableOutput;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.SSESpecification;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.Tag;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;

/** Makes a table. */
final class CreateTable implements Atomic<CreateTableInput, CreateTableOutput> {
    private static final List<String> UNSUPPORTED = List.of(
            "WarmThroughput",
            "ResourcePolicy",
            "OnDemandThroughput",
            "GlobalTableSourceArn",
            "GlobalTableSettingsReplicationMode");

    private final DynamoDbLimits limits;

    CreateTable(DynamoDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public CreateTableOutput handle(Call call, CreateTableInput input, UnitOfWork work) {
        refuse(input, UNSUPPORTED);
        input.tableClass().ifPresent(given -> checkTableClass(input, given));
        String name = Tables.name(input.tableName());
        TableRules.checkName("TableName", name);
        Instant readyAt = call.at().plus(limits.tables().transition());
        Table table = table(input, work, call, readyAt);
        if (Tables.find(work, call.scope(), name, call.at()).isPresent()) {
            throw new ResourceInUseException("Table already exists: " + name);
        }
        Tables.save(work, call.scope(), table);
        if (table.stream().enabled()) {
            StreamDefinition.begin(work, call, table);
        }
        return CreateTableOutput.builder()
                .tableDescription(new TableDescriptions(work, call).with(table, Table.Status.CREATING.name()))
                .build();
    }

    private Table table(CreateTableInput input, UnitOfWork work, Call call, Instant readyAt) {
        List<KeyAttribute> definitions = TableRules.definitions(input.attributeDefinitions());
        if (input.keySchema().isEmpty()) {
            throw TableRules.invalid(
                    "No defined key schema.  A key schema containing at least a hash key must be defined"
                            + " for all tables");
        }
        KeySchema key = TableRules.key(input.keySchema(), definitions);
        String billingMode = input.billingMode().orElse("PROVISIONED");
        Throughput throughput = TableRules.throughput(billingMode, input.provisionedThroughput());
        List<SecondaryIndex> indexes = IndexDefinitions.of(input, definitions, billingMode, readyAt);
        TableRules.checkIndexes(key, indexes, limits.tables());
        TableRules.checkDefinitionsUsed(definitions, key, indexes);
        Table.Settings settings = new Table.Settings(
                input.deletionProtectionEnabled().orElse(false),
                input.tableClass().orElse("STANDARD"),
                false,
                "",
                Instant.EPOCH);
        return new Table(
                work.ids().uuid(),
                Tables.name(input.tableName()),
                key,
                definitions,
                indexes,
                throughput,
                Table.Life.begins(call.at(), readyAt),
                input.sseSpecification()
                        .map(given -> encrypted(settings, given))
                        .orElse(settings),
                input.streamSpecification()
                        .map(given -> stream(given, throughput, call.at()))
                        .orElse(Table.StreamSettings.NONE),
                Table.TimeToLive.NONE,
                tags(input.tags()));
    }

    /** @throws Fault ValidationException where the specification contradicts itself */
    Table.StreamSettings stream(StreamSpecification given, Throughput throughput, Instant now) {
        if (!given.streamEnabled()) {
            if (given.streamViewType().isPresent()) {
                throw TableRules.invalid("StreamViewType should not be specified when StreamEnabled is false");
            }
            return Table.StreamSettings.NONE;
        }
        String viewType = given.streamViewType()
                .orElseThrow(() -> TableRules.invalid("StreamViewType is required when StreamEnabled is true"));
        return StreamDefinition.settings(
                viewType, now, throughput.partitions(limits.streams().onDemandShards()));
    }

    static Table.Settings encrypted(Table.Settings settings, SSESpecification given) {
        boolean byKms = given.enabled().orElse(false);
        return settings.withEncryption(byKms, byKms ? given.kmsMasterKeyId().orElse("alias/aws/dynamodb") : "");
    }

    /** Infrequent access has prices of its own, which is all its effect, and the price list does not have them. */
    static void checkTableClass(Structure input, String tableClass) {
        if (!tableClass.equals("STANDARD")) {
            throw Fault.unsupported(
                    "dynamodb " + input.schema().name().replace("Input", "") + "/TableClass=" + tableClass);
        }
    }

    static void refuse(Structure input, List<String> members) {
        for (String member : members) {
            if (input.get(member).isPresent()) {
                throw Fault.unsupported("dynamodb " + input.schema().name().replace("Input", "") + "/" + member);
            }
        }
    }

    private static SortedMap<String, String> tags(List<Tag> given) {
        SortedMap<String, String> tags = new TreeMap<>();
        given.forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }
}
