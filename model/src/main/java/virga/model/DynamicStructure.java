package virga.model;

/** A structure whose schema is known only at run time: shapes of test vectors and of services without generated classes. */
public final class DynamicStructure extends Structure {
    private final Schema schema;

    public DynamicStructure(Schema schema, Object[] values) {
        super(values);
        this.schema = schema;
    }

    @Override
    public Schema schema() {
        return schema;
    }
}
