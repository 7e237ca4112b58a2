package virga.store;

import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Bytes;

/** What can be read in a transaction or on a snapshot. */
public interface Reading {
    Optional<Bytes> get(Key key);

    /**
     * The entries of {@code range}, in key order or its reverse, read lazily. Close the stream where it is not read to its end
     * (try-with-resources). In a transaction it shows what the transaction has written before the scan began.
     */
    Stream<Entry> scan(KeyRange range, Direction direction);

    default Stream<Entry> scan(KeyRange range) {
        return scan(range, Direction.FORWARD);
    }

    enum Direction {
        FORWARD,
        BACKWARD
    }

    record Entry(Key key, Bytes value) {}

    /** The value at {@code key}, decoded. */
    default <T> Optional<T> get(Key key, Codec<T> codec) {
        return get(key).map(codec::decode);
    }

    /** The first entry of {@code range} in the given direction. */
    default Optional<Entry> first(KeyRange range, Direction direction) {
        try (Stream<Entry> entries = scan(range, direction)) {
            return entries.findFirst();
        }
    }
}
