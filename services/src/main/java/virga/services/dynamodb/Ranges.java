package virga.services.dynamodb;

import virga.cloud.Faults;
import virga.kernel.Bytes;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.KeyCondition;
import virga.services.dynamodb.expression.SortCondition;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeyBytes;
import virga.services.dynamodb.item.Value;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Reading;

/** The runs of keys that Query and Scan read, in a table or an index. */
final class Ranges {
    private final Table table;
    private final SecondaryIndex index;

    private Ranges(Table table, SecondaryIndex index) {
        this.table = table;
        this.index = index;
    }

    static Ranges of(PageReader.Target target) {
        return new Ranges(target.table(), target.onlyIndex().orElse(null));
    }

    /** What a key condition selects. */
    KeyRange of(KeyCondition condition) {
        Bytes hash = KeyBytes.of(condition.hash());
        long slot = DynamoDbKeys.slot(hash);
        KeyRange partition = range(slot, hash);
        return switch (condition.sort()) {
            case SortCondition.Any() -> partition;
            case SortCondition.Compared(Condition.Comparator comparator, Value to) ->
                compared(comparator, partition, range(slot, hash, KeyBytes.of(to)));
            case SortCondition.Between(Value low, Value high) ->
                new KeyRange(
                        range(slot, hash, KeyBytes.of(low)).from(),
                        range(slot, hash, KeyBytes.of(high)).to());
            case SortCondition.BeginsWith(Value prefix) ->
                new KeyRange(
                        range(slot, hash, KeyBytes.of(prefix)).from(),
                        KeyBytes.afterPrefix(KeyBytes.of(prefix))
                                .map(after -> range(slot, hash, after).from())
                                .orElse(partition.to()));
        };
    }

    /** One of {@code total} equal parts of everything. */
    KeyRange segment(int segment, int total) {
        long width = Long.MAX_VALUE / total;
        Key from = segment == 0 ? range().from() : range(width * segment).from();
        Key to = segment == total - 1
                ? range().to()
                : range(width * (segment + 1)).from();
        return new KeyRange(from, to);
    }

    /** The part of {@code range} behind the entry at {@code start}, in reading order. */
    KeyRange behind(KeyRange range, Item start, Reading.Direction direction) {
        Key key = index == null ? Entries.item(table, start) : Entries.index(table, index, start);
        if (!range.contains(key)) {
            throw Faults.validation(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        return direction == Reading.Direction.FORWARD ? range.after(key) : range.before(key);
    }

    private static KeyRange compared(Condition.Comparator comparator, KeyRange partition, KeyRange equal) {
        return switch (comparator) {
            case EQUAL -> equal;
            case LESS -> new KeyRange(partition.from(), equal.from());
            case AT_MOST -> new KeyRange(partition.from(), equal.to());
            case GREATER -> new KeyRange(equal.to(), partition.to());
            case AT_LEAST -> new KeyRange(equal.from(), partition.to());
            case NOT_EQUAL -> throw new virga.kernel.Bug("no key condition");
        };
    }

    private KeyRange range(Object... parts) {
        KeySpace space = index == null ? DynamoDbKeys.ITEM : DynamoDbKeys.INDEX;
        Object[] begin = index == null ? new Object[] {table.id()} : new Object[] {table.id(), index.name()};
        Object[] all = java.util.Arrays.copyOf(begin, begin.length + parts.length);
        System.arraycopy(parts, 0, all, begin.length, parts.length);
        return space.range(all);
    }
}
