package virga.services.dynamodb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.Codec;
import virga.store.Key;
import virga.store.RecordCodec;

/** Appends changes to a table's stream. The order of changes to one partition is kept: it always goes to the same shard. */
final class StreamLog {
    /** Who made a change: a caller, or DynamoDB itself when an item expired. */
    enum Actor {
        USER,
        EXPIRY
    }

    /**
     * One change as it is kept. Images that the stream does not show are empty.
     *
     * @param name {@code INSERT}, {@code MODIFY} or {@code REMOVE}
     * @param cause what an invocation for this record follows from; clients never see it
     */
    record Entry(
            String eventId,
            String name,
            Instant at,
            Item keys,
            Item newImage,
            Item oldImage,
            Actor actor,
            Cause cause) {
        static final Codec<Entry> CODEC =
                RecordCodec.with(Item.class, ItemCodec.ITEM).of(Entry.class);

        /** The size of the record as AWS counts it: keys and images. */
        long bytes() {
            return keys.size() + newImage.size() + oldImage.size();
        }
    }

    /**
     * The last number of a shard.
     *
     * @param trimmed the hour for whose records a timer stands already
     */
    record Sequence(long last, Instant trimmed) {
        static final Codec<Sequence> CODEC = RecordCodec.of(Sequence.class);
    }

    private StreamLog() {}

    static void append(UnitOfWork work, Call call, Table table, Change change, Actor actor) {
        String stream = StreamDefinition.id(table);
        Bytes hash = table.key().hashOf(change.either());
        long shard = DynamoDbKeys.slot(hash) % table.stream().shards();
        Key counter = DynamoDbKeys.STREAM_SEQUENCE.key(stream, shard);
        Sequence before = work.get(counter, Sequence.CODEC).orElse(new Sequence(0, Instant.EPOCH));
        Instant hour = work.now().truncatedTo(ChronoUnit.HOURS);
        if (!hour.equals(before.trimmed())) {
            StreamTrim.schedule(work, table, shard, hour.plus(1, ChronoUnit.HOURS));
        }
        long sequence = before.last() + 1;
        work.put(counter, new Sequence(sequence, hour), Sequence.CODEC);
        String view = table.stream().viewType();
        boolean showsNew = view.equals("NEW_IMAGE") || view.equals("NEW_AND_OLD_IMAGES");
        boolean showsOld = view.equals("OLD_IMAGE") || view.equals("NEW_AND_OLD_IMAGES");
        Entry entry = new Entry(
                work.ids().hex(32),
                change.before().isEmpty() ? "INSERT" : change.after().isEmpty() ? "REMOVE" : "MODIFY",
                work.now().truncatedTo(ChronoUnit.SECONDS),
                change.either().only(table.key().names()),
                showsNew ? change.after() : Item.EMPTY,
                showsOld ? change.before() : Item.EMPTY,
                actor,
                call.causeOfWhatFollows("dynamodb-stream"));
        work.put(DynamoDbKeys.STREAM_RECORD.key(stream, shard, sequence), entry, Entry.CODEC);
        work.raise(StreamDefinition.signal(table.streamArn(call.scope())));
    }
}
