package virga.store;

import java.util.HashMap;
import java.util.Map;
import virga.kernel.Bug;

/** A sealed interface of records: kept as the record that it is, whose name in the shape is the tag. */
final class SealedForm implements ValueForm {
    private final String name;
    private final Map<Class<?>, RecordForm> byType = new HashMap<>();
    private final Map<String, RecordForm> byName = new HashMap<>();

    SealedForm(String name) {
        this.name = name;
    }

    void add(Class<?> type, RecordForm form) {
        byType.put(type, form);
        RecordForm before = byName.put(form.name(), form);
        if (before != null && before != form) {
            throw new Bug(name + " permits two records named " + form.name());
        }
    }

    @Override
    public String signature() {
        return "r";
    }

    @Override
    public void write(ValueWriter out, Object value) {
        byType.get(value.getClass()).write(out, value);
    }

    void writeBody(ValueWriter out, Object value) {
        byType.get(value.getClass()).writeBody(out, value);
    }

    @Override
    public Object read(ValueReader in) {
        in.size();
        return readBody(in, in.shapeNumber());
    }

    Object readBody(ValueReader in, int shapeNumber) {
        String tag = in.shapeName(shapeNumber);
        RecordForm form = byName.get(tag);
        if (form == null) {
            throw new Bug(name + " permits no record named " + tag + ", which a kept value names");
        }
        return form.readBody(in, shapeNumber);
    }

    @Override
    public Object absent() {
        throw new Bug("a kept value lacks a component of type " + name + ", which has no empty value");
    }
}
