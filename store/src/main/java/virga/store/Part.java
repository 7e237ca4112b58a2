package virga.store;

import java.time.Instant;
import virga.kernel.Bytes;

/** A named, typed part of a key. */
public record Part(String name, Type type) {
    /** What a part holds; each is encoded so that the order of the bytes is the order of the values. */
    public enum Type {
        TEXT(String.class),
        NUMBER(Long.class),
        TIME(Instant.class),
        BYTES(Bytes.class);

        final Class<?> valueClass;

        Type(Class<?> valueClass) {
            this.valueClass = valueClass;
        }
    }

    /** A string, ordered by its UTF-8 bytes. */
    public static Part text(String name) {
        return new Part(name, Type.TEXT);
    }

    /** A signed long. */
    public static Part number(String name) {
        return new Part(name, Type.NUMBER);
    }

    /** An instant, to the nanosecond. */
    public static Part time(String name) {
        return new Part(name, Type.TIME);
    }

    /** Bytes, ordered as unsigned bytes. */
    public static Part bytes(String name) {
        return new Part(name, Type.BYTES);
    }
}
