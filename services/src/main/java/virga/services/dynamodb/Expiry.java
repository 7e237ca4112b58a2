package virga.services.dynamodb;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.services.dynamodb.item.Value;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.RecordCodec;

/**
 * Deletes items whose time to live has passed. Items of a table are listed by that time; a timer stands for each minute in which some
 * expire.
 *
 * <p>Source: "Using time to live (TTL) in DynamoDB", Developer Guide: the attribute is a number of epoch seconds; a time more than five
 * years past is left alone; an expired item is served until it is deleted; the stream shows DynamoDB as who deleted it.
 */
final class Expiry implements TaskHandler<Expiry.Due> {
    /** Items of a table that expired until {@code until}. */
    record Due(String table, String tableId, Instant until) {}

    static final TaskKind<Due> KIND = new TaskKind<>("dynamodb/expire", RecordCodec.of(Due.class));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DELETED_AT_ONCE = 100;
    private static final int OLDEST_YEARS = 5;
    private static final long LATEST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private final DynamoDbLimits.Tables limits;

    Expiry(DynamoDbLimits.Tables limits) {
        this.limits = limits;
    }

    /** Keeps the list of expiring items right, and a timer for it. */
    static void change(UnitOfWork work, Table table, Change change) {
        if (!table.timeToLive().enabled()) {
            return;
        }
        Optional<Instant> before = expiresAt(table, change.before(), work.now());
        Optional<Instant> after = expiresAt(table, change.after(), work.now());
        if (before.equals(after)) {
            return;
        }
        before.ifPresent(at -> work.delete(key(table, at, change.before())));
        after.ifPresent(at -> list(work, table, at, change.after()));
    }

    /** Lists an item from before the table had a time to live. */
    static void list(UnitOfWork work, Table table, Item item) {
        expiresAt(table, item, work.now()).ifPresent(at -> list(work, table, at, item));
    }

    private static void list(UnitOfWork work, Table table, Instant at, Item item) {
        work.put(key(table, at, item), Bytes.EMPTY);
        Instant earliest = at.isBefore(work.now()) ? work.now() : at;
        Instant minute =
                earliest.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).plus(MINUTE);
        work.schedule(
                KIND, table.id() + "@" + minute.getEpochSecond(), minute, new Due(table.name(), table.id(), minute));
    }

    private static Key key(Table table, Instant at, Item item) {
        return DynamoDbKeys.EXPIRY.key(
                table.id(), at, table.key().hashOf(item), table.key().sortOf(item));
    }

    private static Optional<Instant> expiresAt(Table table, Item item, Instant now) {
        if (!(item.get(table.timeToLive().attribute()).orElse(null) instanceof Value.N(BigDecimal seconds))) {
            return Optional.empty();
        }
        if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(LATEST_SECOND)) > 0) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochSecond(seconds.longValue());
        Instant oldest = now.atOffset(ZoneOffset.UTC).minusYears(OLDEST_YEARS).toInstant();
        return at.isBefore(oldest) ? Optional.empty() : Optional.of(at);
    }

    @Override
    public Result run(Task<Due> task, Environment environment) {
        Due due = task.payload();
        Call call = environment.newCall(
                task.scope(),
                new Principal.Service(task.scope().account(), "dynamodb.amazonaws.com", ""),
                task.cause());
        Instant ripe = due.until().plus(limits.expiryDelay()).minus(MINUTE);
        if (call.at().isBefore(ripe)) {
            return Result.again(ripe);
        }
        boolean more;
        do {
            more = environment.transact(call, work -> deleteSome(work, call, due));
        } while (more);
        return Result.DONE;
    }

    private boolean deleteSome(UnitOfWork work, Call call, Due due) {
        Optional<Table> found = Tables.find(work, call.scope(), due.table(), call.at())
                .filter(table -> table.id().equals(due.tableId()))
                .filter(table -> table.timeToLive().enabled());
        if (found.isEmpty()) {
            return false;
        }
        Table table = found.get();
        KeyRange listed = DynamoDbKeys.EXPIRY.range(table.id());
        KeyRange ripe = new KeyRange(
                listed.from(),
                DynamoDbKeys.EXPIRY.range(table.id(), due.until()).from());
        List<Key> keys;
        try (Stream<Reading.Entry> entries = work.scan(ripe)) {
            keys = entries.limit(DELETED_AT_ONCE).map(Reading.Entry::key).toList();
        }
        // Deletions by time to live use no capacity.
        TableWriter writer = new TableWriter(work, call, table, Duration.ZERO);
        for (Key key : keys) {
            delete(work, writer, key);
        }
        return keys.size() == DELETED_AT_ONCE;
    }

    private static void delete(UnitOfWork work, TableWriter writer, Key listed) {
        List<Object> parts = DynamoDbKeys.EXPIRY.decode(listed);
        Bytes hash = (Bytes) parts.get(2);
        Key entry = DynamoDbKeys.ITEM.key(writer.table().id(), DynamoDbKeys.slot(hash), hash, parts.get(3));
        work.get(entry, ItemCodec.ITEM)
                .ifPresentOrElse(
                        item -> writer.make(writer.effects(new Change(item, Item.EMPTY)), StreamLog.Actor.EXPIRY),
                        () -> work.delete(listed));
    }
}
