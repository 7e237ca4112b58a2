package virga.model;

import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * Structures as bytes, for what is kept: call records and state. Members go by name, so that a model may reorder, add and drop members
 * under data already written; each value says its own type, so that what a schema no longer knows is skipped.
 *
 * <p>Bodies and event streams are not kept: a streaming member comes back as an {@link ElidedBody} that knows its length only, a member
 * with an event stream comes back unset.
 */
public final class StructureCodec {
    private static final byte FORMAT = 1;

    private StructureCodec() {}

    /** The structure as bytes; equal structures of one schema have equal bytes. */
    public static Bytes encode(Structure structure) {
        StructureWriter writer = new StructureWriter();
        writer.writeByte(FORMAT);
        writer.write(structure);
        return writer.bytes();
    }

    /** @throws Bug where the bytes are no structure, or hold a value that {@code schema} has no place for */
    public static Structure decode(Schema schema, Bytes bytes) {
        StructureReader reader = new StructureReader(bytes.unsafeArray());
        try {
            int format = reader.readByte();
            if (format != FORMAT) {
                throw new Bug("a structure in the unknown format " + format);
            }
            if (reader.read(schema) instanceof Structure structure) {
                return structure;
            }
            throw new Bug("the bytes hold something else than a " + schema);
        } catch (IndexOutOfBoundsException e) {
            throw new Bug("a " + schema + " that is cut off", e);
        }
    }

    /** What stands before each value. Numbers are part of the format: never change one. */
    static final class Tag {
        static final byte NULL = 0;
        static final byte FALSE = 1;
        static final byte TRUE = 2;
        static final byte INT = 3;
        static final byte LONG = 4;
        static final byte FLOAT = 5;
        static final byte DOUBLE = 6;
        static final byte BIG_INTEGER = 7;
        static final byte BIG_DECIMAL = 8;
        static final byte STRING = 9;
        static final byte BYTES = 10;
        static final byte INSTANT = 11;
        static final byte LIST = 12;
        static final byte MAP = 13;
        static final byte STRUCTURE = 14;
        static final byte BODY = 15;
        static final byte EVENTS = 16;

        private Tag() {}
    }
}
