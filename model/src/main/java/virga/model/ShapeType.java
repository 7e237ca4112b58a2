package virga.model;

/** Smithy's shape types, as far as AWS's models use them, and the Java type that holds each. */
public enum ShapeType {
    /** {@link Boolean} */
    BOOLEAN,
    /** {@link Byte} */
    BYTE,
    /** {@link Short} */
    SHORT,
    /** {@link Integer} */
    INTEGER,
    /** {@link Long} */
    LONG,
    /** {@link Float} */
    FLOAT,
    /** {@link Double} */
    DOUBLE,
    /** {@link java.math.BigInteger} */
    BIG_INTEGER,
    /** {@link java.math.BigDecimal} */
    BIG_DECIMAL,
    /** {@link String}; also enums, whose values stay open as AWS's do */
    STRING,
    /** {@link virga.kernel.Bytes}, or {@link virga.kernel.ByteStream} where the member is streaming */
    BLOB,
    /** {@link java.time.Instant} */
    TIMESTAMP,
    /** A JSON-like value: null, Boolean, Number, String, List, Map */
    DOCUMENT,
    /** {@link java.util.List}, unmodifiable; an element is null only where the list is sparse */
    LIST,
    /** {@link java.util.Map} with String keys, unmodifiable, in the order received */
    MAP,
    /** {@link Structure} */
    STRUCTURE,
    /** {@link Structure} with exactly one member set */
    UNION
}
