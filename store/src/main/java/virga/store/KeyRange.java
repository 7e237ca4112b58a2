package virga.store;

import java.util.Arrays;
import virga.kernel.Bytes;

/** The keys from {@code from} (inclusive) to {@code to} (exclusive). */
public record KeyRange(Key from, Key to) {
    public boolean contains(Key key) {
        return key.compareTo(from) >= 0 && key.compareTo(to) < 0;
    }

    /** The part of this range after {@code key}: where a page of results goes on. */
    public KeyRange after(Key key) {
        byte[] next = Arrays.copyOf(key.bytes().unsafeArray(), key.bytes().length() + 1);
        return new KeyRange(new Key(Bytes.wrap(next)), to);
    }

    /** The part of this range before {@code key}. */
    public KeyRange before(Key key) {
        return new KeyRange(from, key);
    }

    /** From {@code key} (inclusive) on. */
    public KeyRange startingAt(Key key) {
        return new KeyRange(key, to);
    }
}
