package virga.store;

import virga.kernel.Bytes;

/** Reads and writes that take effect together or not at all. Reads see the transaction's own writes. */
public interface Transaction extends Reading {
    void put(Key key, Bytes value);

    void delete(Key key);

    /** Deletes every key in {@code range}. */
    void delete(KeyRange range);

    default <T> void put(Key key, T value, Codec<T> codec) {
        put(key, codec.encode(value));
    }
}
