package virga.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * A declared family of keys: a name and typed parts, as a table has a name and key columns.
 *
 * <pre>{@code
 * static final KeySpace MESSAGE = KeySpace.of("sqs/message", text("queue"), time("visibleAt"), number("sequence"));
 * MESSAGE.key("orders", at, 7L)     // one key
 * MESSAGE.range("orders")           // every key of the queue, in order of time
 * MESSAGE.text(key, 0)              // "orders"
 * }</pre>
 *
 * <p>Encoding: the space's name, a zero byte, then each part behind a type byte. Text and bytes end with {@code 00 00}, a zero inside
 * them is {@code 00 FF}; numbers are eight bytes, big endian, with the sign bit turned; a time is its second as a number, then its
 * nanosecond in four bytes. So order is kept, and no space's keys lie inside another's.
 */
public final class KeySpace {
    private static final Map<String, KeySpace> DECLARED = new ConcurrentSkipListMap<>();
    private static final byte TEXT = 1;
    private static final byte NUMBER = 2;
    private static final byte TIME = 3;
    private static final byte BYTES = 4;

    private final String name;
    private final List<Part> parts;
    private final byte[] prefix;

    private KeySpace(String name, List<Part> parts) {
        this.name = name;
        this.parts = parts;
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        this.prefix = Arrays.copyOf(text, text.length + 1);
    }

    /**
     * Declares a space; done once, in a constant.
     *
     * @param name {@code service/thing}, in the service's own words
     */
    public static KeySpace of(String name, Part... parts) {
        if (name.isEmpty() || name.indexOf(0) >= 0) {
            throw new Bug("a key space needs a name without zero characters");
        }
        KeySpace space = new KeySpace(name, List.of(parts));
        KeySpace before = DECLARED.putIfAbsent(name, space);
        if (before != null && !before.parts.equals(space.parts)) {
            throw new Bug("key space declared twice, differently: " + name);
        }
        return space;
    }

    public String name() {
        return name;
    }

    public List<Part> parts() {
        return parts;
    }

    /** The key with these values, one for each declared part. */
    public Key key(Object... values) {
        if (values.length != parts.size()) {
            throw new Bug(name + " has " + parts.size() + " parts, not " + values.length);
        }
        return new Key(Bytes.wrap(encode(values)));
    }

    /** Every key that begins with these values; all keys of the space where there are none. */
    public KeyRange range(Object... values) {
        if (values.length > parts.size()) {
            throw new Bug(name + " has " + parts.size() + " parts, not " + values.length);
        }
        byte[] from = encode(values);
        byte[] to = Arrays.copyOf(from, from.length + 1);
        // Every part begins with a type byte below FF, so FF behind a prefix lies after all that begins with it.
        to[from.length] = (byte) 0xFF;
        return new KeyRange(new Key(Bytes.wrap(from)), new Key(Bytes.wrap(to)));
    }

    public boolean holds(Key key) {
        return key.bytes().startsWith(Bytes.wrap(prefix));
    }

    /** The values of {@code key}, in the order of the parts. */
    public List<Object> decode(Key key) {
        if (!holds(key)) {
            throw new Bug("not a key of " + name + ": " + key.bytes().hex());
        }
        return new Decoder(key.bytes().unsafeArray(), prefix.length).all(parts.size());
    }

    public String text(Key key, int part) {
        return (String) decode(key).get(part);
    }

    public long number(Key key, int part) {
        return (Long) decode(key).get(part);
    }

    public Instant time(Key key, int part) {
        return (Instant) decode(key).get(part);
    }

    /** {@code key} in words; in hexadecimal where no declared space holds it, or it is only the end of a range. */
    public static String describe(Key key) {
        byte[] bytes = key.bytes().unsafeArray();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        KeySpace space = DECLARED.get(new String(bytes, 0, end, StandardCharsets.UTF_8));
        if (space == null || end == bytes.length) {
            return key.bytes().hex();
        }
        StringBuilder words = new StringBuilder(space.name).append('(');
        List<Object> values;
        try {
            values = space.decode(key);
        } catch (Bug notWhole) {
            return key.bytes().hex();
        }
        for (int i = 0; i < values.size(); i++) {
            words.append(i == 0 ? "" : ", ")
                    .append(space.parts.get(i).name())
                    .append('=')
                    .append(values.get(i));
        }
        return words.append(')').toString();
    }

    private byte[] encode(Object... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.writeBytes(prefix);
        for (int i = 0; i < values.length; i++) {
            Part part = parts.get(i);
            if (!part.type().valueClass.isInstance(values[i])) {
                throw new Bug(name + ": part " + part.name() + " takes a " + part.type() + ", not " + values[i]);
            }
            switch (part.type()) {
                case TEXT -> {
                    out.write(TEXT);
                    escaped(out, ((String) values[i]).getBytes(StandardCharsets.UTF_8));
                }
                case BYTES -> {
                    out.write(BYTES);
                    escaped(out, ((Bytes) values[i]).unsafeArray());
                }
                case NUMBER -> {
                    out.write(NUMBER);
                    ordered(out, (Long) values[i]);
                }
                case TIME -> {
                    out.write(TIME);
                    Instant time = (Instant) values[i];
                    ordered(out, time.getEpochSecond());
                    out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(time.getNano())
                            .array());
                }
            }
        }
        return out.toByteArray();
    }

    private static void escaped(ByteArrayOutputStream out, byte[] content) {
        for (byte b : content) {
            out.write(b);
            if (b == 0) {
                out.write(0xFF);
            }
        }
        out.write(0);
        out.write(0);
    }

    private static void ordered(ByteArrayOutputStream out, long value) {
        long turned = value ^ Long.MIN_VALUE;
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(turned).array());
    }

    private static final class Decoder {
        private final byte[] bytes;
        private int at;

        Decoder(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        List<Object> all(int count) {
            List<Object> values = new ArrayList<>(count);
            try {
                while (at < bytes.length) {
                    values.add(next());
                }
            } catch (IndexOutOfBoundsException e) {
                throw new Bug("a key that ends too soon: " + Bytes.wrap(bytes).hex(), e);
            }
            if (values.size() != count) {
                throw new Bug("a key of " + values.size() + " parts, not " + count + ": "
                        + Bytes.wrap(bytes).hex());
            }
            return values;
        }

        private Object next() {
            return switch (bytes[at++]) {
                case TEXT -> escaped().utf8();
                case BYTES -> escaped();
                case NUMBER -> ordered();
                case TIME -> Instant.ofEpochSecond(ordered(), nanosecond());
                default ->
                    throw new Bug("not a key of a declared space: "
                            + Bytes.wrap(bytes).hex());
            };
        }

        private Bytes escaped() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            while (true) {
                byte b = bytes[at++];
                if (b != 0) {
                    out.write(b);
                } else if (bytes[at++] == (byte) 0xFF) {
                    out.write(0);
                } else {
                    return Bytes.wrap(out.toByteArray());
                }
            }
        }

        private long ordered() {
            at += Long.BYTES;
            return ByteBuffer.wrap(bytes).getLong(at - Long.BYTES) ^ Long.MIN_VALUE;
        }

        private int nanosecond() {
            at += Integer.BYTES;
            return ByteBuffer.wrap(bytes).getInt(at - Integer.BYTES);
        }
    }
}
