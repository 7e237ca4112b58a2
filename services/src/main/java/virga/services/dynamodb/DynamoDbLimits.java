package virga.services.dynamodb;

import java.time.Duration;

/**
 * DynamoDB's numbers. Tests use {@link #tiny} to meet them in milliseconds.
 *
 * <p>Source: "Quotas in Amazon DynamoDB" and "Constraints in Amazon DynamoDB", Developer Guide.
 */
public record DynamoDbLimits(Items items, Requests requests, Tables tables, Streams streams) {
    /**
     * @param maximumBytes of one item: 400 KB
     * @param maximumDepth of lists and maps in an attribute; the item itself is the 32nd level
     * @param hashKeyBytes of a partition key
     * @param sortKeyBytes of a sort key
     */
    public record Items(int maximumBytes, int maximumDepth, int hashKeyBytes, int sortKeyBytes) {}

    /**
     * @param pageBytes read by one Query or Scan before it stops: 1 MB
     * @param batchGets keys of a BatchGetItem
     * @param batchGetBytes answered by a BatchGetItem before the rest is left unprocessed: 16 MB
     * @param batchWrites of a BatchWriteItem
     * @param transactionItems of a transaction
     * @param transactionBytes written by a transaction: 4 MB
     * @param tokenLife how long a transaction's client token is remembered
     */
    public record Requests(
            long pageBytes,
            int batchGets,
            long batchGetBytes,
            int batchWrites,
            int transactionItems,
            long transactionBytes,
            Duration tokenLife) {}

    /**
     * @param transition how long a table or index is CREATING, UPDATING or DELETING. Nothing takes time here, and the waiters of most
     *     SDKs sleep 20 s after one look: so a table is ready when its creation is answered. A longer time makes clients wait as on AWS.
     * @param globalIndexes of a table
     * @param localIndexes of a table
     * @param expiryDelay between an item's time to live and its deletion; AWS promises "within a few days"
     */
    public record Tables(Duration transition, int globalIndexes, int localIndexes, Duration expiryDelay) {}

    /**
     * @param onDemandShards shards of an on-demand table's stream: such a table begins with four partitions
     * @param retention how long records are kept: 24 hours
     * @param iteratorLife how long a shard iterator can be used: 15 minutes
     * @param recordsPerRead of one GetRecords
     * @param bytesPerRead of one GetRecords: 1 MB
     */
    public record Streams(
            int onDemandShards, Duration retention, Duration iteratorLife, int recordsPerRead, long bytesPerRead) {}

    public static final DynamoDbLimits AWS = new DynamoDbLimits(
            new Items(400 * 1024, 31, 2048, 1024),
            new Requests(1 << 20, 100, 16 << 20, 25, 100, 4 << 20, Duration.ofMinutes(10)),
            new Tables(Duration.ZERO, 20, 5, Duration.ofMinutes(1)),
            new Streams(4, Duration.ofHours(24), Duration.ofMinutes(15), 1000, 1 << 20));

    /** Pages and batches of a few hundred bytes, and tables that take a second. */
    public static DynamoDbLimits tiny() {
        return new DynamoDbLimits(
                AWS.items,
                new Requests(300, 100, 600, 25, 100, 1000, Duration.ofMinutes(10)),
                new Tables(Duration.ofSeconds(1), 20, 5, Duration.ofMinutes(1)),
                new Streams(2, Duration.ofHours(24), Duration.ofMinutes(15), 3, 1 << 20));
    }
}
