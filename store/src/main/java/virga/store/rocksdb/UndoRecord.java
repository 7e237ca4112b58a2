package virga.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.List;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.backend.Effect;
import virga.store.backend.PersistentTree;
import virga.store.backend.Slot;

/**
 * What takes one commit back: the old value of each key that it changed.
 *
 * <p>Kept as: time of the commit in milliseconds, bytes of all undo records up to and with this one, a byte that says whether the old
 * values were kept, then for each key its length and bytes, and the old value's length and bytes, or -1 where there was none.
 *
 * @param complete false where the old values were too many to keep: history does not reach behind this commit
 */
record UndoRecord(long atMillis, long bytesUpToHere, boolean complete, byte[] content) {
    private static final int HEADER = Long.BYTES + Long.BYTES + 1;

    /** @param mostBytes beyond which the old values are not kept */
    static UndoRecord of(List<Effect> effects, long atMillis, long bytesBefore, long mostBytes) {
        long size = HEADER;
        for (Effect effect : effects) {
            size += 2L * Integer.BYTES + effect.key().bytes().length() + oldLength(effect);
        }
        boolean complete = size <= Math.min(mostBytes, Integer.MAX_VALUE - 64);
        ByteBuffer out = ByteBuffer.allocate(complete ? (int) size : HEADER);
        long upToHere = bytesBefore + out.capacity();
        out.putLong(atMillis).putLong(upToHere).put((byte) (complete ? 1 : 0));
        if (complete) {
            effects.forEach(effect -> append(out, effect));
        }
        return new UndoRecord(atMillis, upToHere, complete, out.array());
    }

    static UndoRecord read(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        return new UndoRecord(in.getLong(), in.getLong(), in.get() == 1, content);
    }

    /** {@code changes}, with what this record has laid over it. */
    PersistentTree<Slot> over(PersistentTree<Slot> changes) {
        PersistentTree<Slot> result = changes;
        ByteBuffer in = ByteBuffer.wrap(content).position(HEADER);
        while (in.hasRemaining()) {
            Key key = new Key(bytes(in, in.getInt()));
            int length = in.getInt();
            result = result.with(key, length < 0 ? Slot.Vacant.VACANT : new Slot.Held(bytes(in, length)));
        }
        return result;
    }

    private static int oldLength(Effect effect) {
        return switch (effect.before()) {
            case Slot.Held held -> held.content().length();
            case Slot.Vacant vacant -> 0;
        };
    }

    private static void append(ByteBuffer out, Effect effect) {
        byte[] key = effect.key().bytes().unsafeArray();
        out.putInt(key.length).put(key);
        switch (effect.before()) {
            case Slot.Held held ->
                out.putInt(held.content().length()).put(held.content().unsafeArray());
            case Slot.Vacant vacant -> out.putInt(-1);
        }
    }

    private static Bytes bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }
}
