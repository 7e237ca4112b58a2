package virga.store;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * A record: the number of its shape, then its components. The shape says the record's name and each component's name and signature;
 * it stands once in a value however many such records the value holds.
 */
final class RecordForm implements ValueForm {
    private final String name;
    private final Map<Bytes, Layout> foreignLayouts = new ConcurrentHashMap<>();
    private List<Component> components = List.of();
    private MethodHandle constructor;
    private byte[] shape = {};
    private Layout ownLayout;

    /** @param accessor {@code (Object)Object} */
    record Component(String name, ValueForm form, MethodHandle accessor) {}

    /**
     * Where the components of a kept value go in the record as it is now.
     *
     * @param targets for each kept component the index of today's, or -1 where there is none any more
     */
    record Layout(RecordForm form, int[] targets, String[] signatures, boolean complete) {}

    RecordForm(String name) {
        this.name = name;
    }

    /** Completes the form; apart from construction because a record may contain itself. @param constructor {@code (Object[])Object} */
    void define(List<Component> parts, MethodHandle constructor) {
        this.components = List.copyOf(parts);
        this.constructor = constructor;
        ValueWriter out = new ValueWriter();
        out.text(name);
        out.unsigned(components.size());
        int[] targets = new int[components.size()];
        for (int i = 0; i < targets.length; i++) {
            out.text(components.get(i).name());
            out.text(components.get(i).form().signature());
            targets[i] = i;
        }
        this.shape = out.written();
        this.ownLayout = new Layout(this, targets, new String[0], true);
    }

    String name() {
        return name;
    }

    byte[] shape() {
        return shape;
    }

    @Override
    public String signature() {
        return "r";
    }

    @Override
    public void write(ValueWriter out, Object value) {
        int start = out.begin();
        writeBody(out, value);
        out.end(start);
    }

    void writeBody(ValueWriter out, Object value) {
        out.unsigned(out.shape(this));
        for (Component component : components) {
            Object part = get(component, value);
            if (part == null) {
                throw new Bug(name + "." + component.name() + " is null, and nothing kept may be");
            }
            component.form().write(out, part);
        }
    }

    @Override
    public Object read(ValueReader in) {
        in.size();
        return readBody(in, in.shapeNumber());
    }

    /** Reads the components behind the number of the shape. */
    Object readBody(ValueReader in, int shapeNumber) {
        Layout layout = in.knownLayout(shapeNumber, this);
        if (layout == null) {
            layout = layout(in, shapeNumber);
            in.know(shapeNumber, layout);
        }
        Object[] values = new Object[components.size()];
        int[] targets = layout.targets();
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] < 0) {
                ValueForm.skip(in, layout.signatures()[i]);
            } else {
                values[targets[i]] = components.get(targets[i]).form().read(in);
            }
        }
        if (!layout.complete()) {
            fillAbsent(values);
        }
        return construct(values);
    }

    @Override
    public Object absent() {
        Object[] values = new Object[components.size()];
        fillAbsent(values);
        return construct(values);
    }

    private void fillAbsent(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = components.get(i).form().absent();
            }
        }
    }

    private Layout layout(ValueReader in, int shapeNumber) {
        return in.shapeEquals(shapeNumber, shape)
                ? ownLayout
                : foreignLayouts.computeIfAbsent(in.shapeBytes(shapeNumber), unused -> compare(in.shape(shapeNumber)));
    }

    private Layout compare(ValueReader keptShape) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < components.size(); i++) {
            indexes.put(components.get(i).name(), i);
        }
        keptShape.text();
        int count = keptShape.size();
        int[] targets = new int[count];
        String[] signatures = new String[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            String component = keptShape.text();
            signatures[i] = keptShape.text();
            targets[i] = indexes.getOrDefault(component, -1);
            if (targets[i] >= 0) {
                found++;
                check(components.get(targets[i]), signatures[i]);
            }
        }
        return new Layout(this, targets, signatures, found == components.size());
    }

    private void check(Component component, String keptSignature) {
        if (!component.form().signature().equals(keptSignature)) {
            throw new Bug(name + "." + component.name() + " was kept as '" + keptSignature + "' and is now '"
                    + component.form().signature() + "': give the changed component a new name");
        }
    }

    private Object construct(Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("cannot make a " + name, e);
        }
    }

    private Object get(Component component, Object value) {
        try {
            return (Object) component.accessor().invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new Bug("cannot read " + name + "." + component.name(), e);
        }
    }
}
