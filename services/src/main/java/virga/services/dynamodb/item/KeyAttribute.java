package virga.services.dynamodb.item;

/** An attribute of a key: its name and type, which is {@code S}, {@code N} or {@code B}. */
public record KeyAttribute(String name, ValueType type) {}
