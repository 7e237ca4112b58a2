package virga.services.dynamodb;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import virga.kernel.Bytes;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/**
 * The state as a replica shows it that has not seen the latest changes: what an eventually consistent read, and every global index,
 * may answer. It differs from the truth only where the weather has held a change back.
 */
record ReplicaView(Reading truth, Instant now) implements Reading {
    /** What an entry was before its change. */
    record Held(Instant visibleAt, boolean existed, Bytes value) {
        static final Codec<Held> CODEC = RecordCodec.of(Held.class);

        Optional<Bytes> before() {
            return existed ? Optional.of(value) : Optional.empty();
        }
    }

    /** Holds the change of {@code entry} back: to be called before the entry is written. */
    static void hold(Transaction transaction, Key entry, Instant now, Instant visibleAt) {
        Key key = DynamoDbKeys.LAGGING.key(entry.bytes());
        boolean holding = transaction
                .get(key, Held.CODEC)
                .filter(held -> now.isBefore(held.visibleAt()))
                .isPresent();
        if (!holding) {
            Optional<Bytes> before = transaction.get(entry);
            transaction.put(key, new Held(visibleAt, before.isPresent(), before.orElse(Bytes.EMPTY)), Held.CODEC);
        }
    }

    @Override
    public Optional<Bytes> get(Key key) {
        Optional<Held> held = truth.get(DynamoDbKeys.LAGGING.key(key.bytes()), Held.CODEC)
                .filter(each -> now.isBefore(each.visibleAt()));
        return held.isPresent() ? held.get().before() : truth.get(key);
    }

    @Override
    public Stream<Entry> scan(KeyRange range, Direction direction) {
        Comparator<Key> order = direction == Direction.FORWARD ? Comparator.naturalOrder() : Comparator.reverseOrder();
        TreeMap<Key, Held> held = new TreeMap<>(order);
        KeyRange lagging = new KeyRange(
                DynamoDbKeys.LAGGING.key(range.from().bytes()),
                DynamoDbKeys.LAGGING.key(range.to().bytes()));
        try (Stream<Entry> entries = truth.scan(lagging)) {
            entries.forEach(entry -> {
                Held one = Held.CODEC.decode(entry.value());
                if (now.isBefore(one.visibleAt())) {
                    Bytes original =
                            (Bytes) DynamoDbKeys.LAGGING.decode(entry.key()).getFirst();
                    held.put(new Key(original), one);
                }
            });
        }
        Stream<Entry> present = truth.scan(range, direction);
        if (held.isEmpty()) {
            return present;
        }
        Iterator<Entry> merged = new Merged(
                present.filter(entry -> !held.containsKey(entry.key())).iterator(),
                held.entrySet().stream()
                        .filter(entry -> entry.getValue().existed())
                        .map(entry -> new Entry(entry.getKey(), entry.getValue().value()))
                        .iterator(),
                order);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false)
                .onClose(present::close);
    }

    /** Two ordered runs of entries as one. */
    private static final class Merged implements Iterator<Entry> {
        private final Iterator<Entry> left;
        private final Iterator<Entry> right;
        private final Comparator<Key> order;
        private Entry nextLeft;
        private Entry nextRight;

        Merged(Iterator<Entry> left, Iterator<Entry> right, Comparator<Key> order) {
            this.left = left;
            this.right = right;
            this.order = order;
            this.nextLeft = after(left);
            this.nextRight = after(right);
        }

        @Override
        public boolean hasNext() {
            return nextLeft != null || nextRight != null;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry next;
            if (nextRight == null || nextLeft != null && order.compare(nextLeft.key(), nextRight.key()) < 0) {
                next = nextLeft;
                nextLeft = after(left);
            } else {
                next = nextRight;
                nextRight = after(right);
            }
            return next;
        }

        private static Entry after(Iterator<Entry> entries) {
            return entries.hasNext() ? entries.next() : null;
        }
    }
}
