package virga.store;

import virga.kernel.Bytes;

/** A key, ordered as unsigned bytes. Made by {@link KeySpace#key}. */
public record Key(Bytes bytes) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
        return bytes.compareTo(other.bytes);
    }

    /** In words where the key's space is declared: {@code sqs/message(queue=orders, visibleAt=…)}. */
    @Override
    public String toString() {
        return KeySpace.describe(this);
    }
}
