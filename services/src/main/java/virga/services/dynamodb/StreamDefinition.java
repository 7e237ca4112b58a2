package virga.services.dynamodb;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.services.dynamodb.item.KeySchema;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/**
 * A stream; it outlives being switched off, and its table, as long as its records can be read.
 *
 * @param disabledAt when it was switched off; the epoch where it is on
 */
record StreamDefinition(String table, String id, String label, String viewType, int shards, KeySchema key, Life life) {
    static final Codec<StreamDefinition> CODEC = RecordCodec.of(StreamDefinition.class);
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /** Since when the stream is on, and when it was switched off; the latter is the epoch where it was not. */
    record Life(Instant createdAt, Instant disabledAt) {
        boolean isOn() {
            return disabledAt.equals(Instant.EPOCH);
        }
    }

    static String id(Table table) {
        return table.id() + "@" + table.stream().label();
    }

    /** Raised after each commit that added records. */
    static String signal(String streamArn) {
        return "dynamodb/stream/" + streamArn;
    }

    /** The stream settings of a table whose stream is switched on at {@code now}. */
    static Table.StreamSettings settings(String viewType, Instant now, int shards) {
        return new Table.StreamSettings(viewType, LABEL.format(now), shards);
    }

    /** Notes the stream that {@code table} has from now on. */
    static void begin(Transaction transaction, Call call, Table table) {
        Table.StreamSettings settings = table.stream();
        StreamDefinition definition = new StreamDefinition(
                table.name(),
                id(table),
                settings.label(),
                settings.viewType(),
                settings.shards(),
                table.key(),
                new Life(call.at(), Instant.EPOCH));
        save(transaction, call.scope(), definition);
    }

    /** Notes that the stream of {@code table} was switched off, with its table or alone. */
    static void end(UnitOfWork work, Call call, Table table) {
        StreamTrim.schedule(work, table, 0, call.at());
        find(work, call.scope(), table.name(), table.stream().label())
                .ifPresent(stream -> save(
                        work,
                        call.scope(),
                        new StreamDefinition(
                                stream.table,
                                stream.id,
                                stream.label,
                                stream.viewType,
                                stream.shards,
                                stream.key,
                                new Life(stream.life.createdAt(), call.at()))));
    }

    static Optional<StreamDefinition> find(Reading reading, Scope scope, String table, String label) {
        return reading.get(key(scope, table, label), CODEC);
    }

    /** By {@code arn:aws:dynamodb:...:table/NAME/stream/LABEL}; empty where there is none or it is no such ARN. */
    static Optional<StreamDefinition> find(Reading reading, Scope scope, String arn) {
        if (!Arn.isArn(arn)) {
            return Optional.empty();
        }
        String[] parts = Arn.parse(arn).resource().split("/", 4);
        return parts.length == 4 ? find(reading, scope, parts[1], parts[3]) : Optional.empty();
    }

    static Stream<StreamDefinition> all(Reading reading, Scope scope) {
        return reading.scan(DynamoDbKeys.STREAM.range(scope.account(), scope.region()))
                .map(entry -> CODEC.decode(entry.value()));
    }

    String arn(Scope scope) {
        return Arn.of("dynamodb", scope, "table/" + table + "/stream/" + label).toString();
    }

    void delete(Transaction transaction, Scope scope) {
        transaction.delete(key(scope, table, label));
    }

    /** As {@code shardId-00000001732401234567-00000001}. */
    String shardId(int shard) {
        return "shardId-%020d-%08x".formatted(life.createdAt().toEpochMilli(), shard);
    }

    private static void save(Transaction transaction, Scope scope, StreamDefinition stream) {
        transaction.put(key(scope, stream.table, stream.label), stream, CODEC);
    }

    private static Key key(Scope scope, String table, String label) {
        return DynamoDbKeys.STREAM.key(scope.account(), scope.region(), table, label);
    }
}
