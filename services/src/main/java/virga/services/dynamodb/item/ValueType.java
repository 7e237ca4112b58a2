package virga.services.dynamodb.item;

/** The ten types of an attribute, by the names that clients use, and the long names that some of AWS's errors use. */
public enum ValueType {
    S("STRING"),
    N("NUMBER"),
    B("BINARY"),
    BOOL("BOOLEAN"),
    NULL("NULL"),
    M("MAP"),
    L("LIST"),
    SS("STRING_SET"),
    NS("NUMBER_SET"),
    BS("BINARY_SET");

    private final String longName;

    ValueType(String longName) {
        this.longName = longName;
    }

    public String longName() {
        return longName;
    }

    /** Whether values of this type have an order that {@code <} and {@code BETWEEN} can use. */
    public boolean isOrdered() {
        return this == S || this == N || this == B;
    }

    public boolean isSet() {
        return this == SS || this == NS || this == BS;
    }
}
