package virga.model;

/** The scalar schemas that carry no traits. */
public final class Prelude {
    public static final Schema BOOLEAN = Schema.scalar("Boolean", ShapeType.BOOLEAN, Traits.NONE);
    public static final Schema BYTE = Schema.scalar("Byte", ShapeType.BYTE, Traits.NONE);
    public static final Schema SHORT = Schema.scalar("Short", ShapeType.SHORT, Traits.NONE);
    public static final Schema INTEGER = Schema.scalar("Integer", ShapeType.INTEGER, Traits.NONE);
    public static final Schema LONG = Schema.scalar("Long", ShapeType.LONG, Traits.NONE);
    public static final Schema FLOAT = Schema.scalar("Float", ShapeType.FLOAT, Traits.NONE);
    public static final Schema DOUBLE = Schema.scalar("Double", ShapeType.DOUBLE, Traits.NONE);
    public static final Schema STRING = Schema.scalar("String", ShapeType.STRING, Traits.NONE);
    public static final Schema BLOB = Schema.scalar("Blob", ShapeType.BLOB, Traits.NONE);
    public static final Schema TIMESTAMP = Schema.scalar("Timestamp", ShapeType.TIMESTAMP, Traits.NONE);
    public static final Schema DOCUMENT = Schema.scalar("Document", ShapeType.DOCUMENT, Traits.NONE);

    private Prelude() {}
}
