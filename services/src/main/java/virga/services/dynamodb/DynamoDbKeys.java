package virga.services.dynamodb;

import static virga.store.Part.bytes;
import static virga.store.Part.number;
import static virga.store.Part.text;
import static virga.store.Part.time;

import virga.kernel.Bytes;
import virga.store.KeySpace;

/**
 * DynamoDB's key tree. A table is known by its id below {@link #TABLE}, so that a table made anew shares nothing with its namesake.
 *
 * <p>The slot of a partition is a hash of its key: it gives scans their order, parallel scans their segments and streams their shards.
 */
final class DynamoDbKeys {
    /** One table's definition. */
    static final KeySpace TABLE = KeySpace.of("dynamodb/table", text("account"), text("region"), text("name"));

    /** One item. */
    static final KeySpace ITEM =
            KeySpace.of("dynamodb/item", text("table"), number("slot"), bytes("hash"), bytes("sort"));

    /** One item's entry in a secondary index, with what the index projects. */
    static final KeySpace INDEX = KeySpace.of(
            "dynamodb/index",
            text("table"),
            text("index"),
            number("slot"),
            bytes("hash"),
            bytes("sort"),
            bytes("itemHash"),
            bytes("itemSort"));

    /** What an entry was before a change that replicas have not seen yet; its key is the entry's. */
    static final KeySpace LAGGING = KeySpace.of("dynamodb/lagging", bytes("entry"));

    /** One item by the time from which it may be deleted. */
    static final KeySpace EXPIRY =
            KeySpace.of("dynamodb/expiry", text("table"), time("expiresAt"), bytes("hash"), bytes("sort"));

    /** One stream, also after its table is gone. */
    static final KeySpace STREAM =
            KeySpace.of("dynamodb/stream", text("account"), text("region"), text("table"), text("label"));

    /** One change. */
    static final KeySpace STREAM_RECORD =
            KeySpace.of("dynamodb/stream-record", text("stream"), number("shard"), number("sequence"));

    /** The last sequence number of a shard. */
    static final KeySpace STREAM_SEQUENCE = KeySpace.of("dynamodb/stream-sequence", text("stream"), number("shard"));

    /** What is left of provisioned capacity: of a table (whose index is empty) or a global index, to read or to write. */
    static final KeySpace CAPACITY = KeySpace.of("dynamodb/capacity", text("table"), text("index"), text("direction"));

    /** A transaction that was done, by its client token. */
    static final KeySpace TRANSACTION =
            KeySpace.of("dynamodb/transaction", text("account"), text("region"), text("token"));

    private DynamoDbKeys() {}

    /** A partition key's place among all partitions: an even spread over the positive numbers. */
    static long slot(Bytes hash) {
        // FNV-1a, then the finishing steps of MurmurHash3, which spread keys that differ only at their end.
        long mixed = 0xcbf29ce484222325L;
        for (int i = 0; i < hash.length(); i++) {
            mixed = (mixed ^ (hash.at(i) & 0xFF)) * 0x100000001b3L;
        }
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (mixed ^ mixed >>> 33) >>> 1;
    }
}
