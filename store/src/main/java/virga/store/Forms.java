package virga.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bug;

/** Finds the form of a type, and of all that it is made of. Used while a codec is made, never for a value. */
final class Forms {
    private final Function<Class<?>, Optional<ValueForm>> foreign;
    private final Map<Class<?>, ValueForm> found = new HashMap<>();

    Forms(Function<Class<?>, Optional<ValueForm>> foreign) {
        this.foreign = foreign;
    }

    /** @param where what is of this type, for the error that names it */
    ValueForm of(Type type, String where) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain, where);
            case ParameterizedType generic -> ofGeneric(generic, where);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], where);
            default -> throw cannotKeep(type, where);
        };
    }

    private ValueForm ofClass(Class<?> type, String where) {
        ValueForm known = found.get(type);
        if (known != null) {
            return known;
        }
        ValueForm form = foreign.apply(type).orElseGet(() -> PlainForms.of(type));
        if (form != null) {
            found.put(type, form);
            return form;
        } else if (type.isRecord()) {
            return ofRecord(type);
        } else if (type.isSealed() && type.isInterface()) {
            return ofSealed(type);
        }
        throw cannotKeep(type, where);
    }

    private ValueForm ofGeneric(ParameterizedType type, String where) {
        List<ValueForm> arguments = Arrays.stream(type.getActualTypeArguments())
                .map(argument -> of(argument, where))
                .toList();
        ValueForm form = ContainerForms.of((Class<?>) type.getRawType(), arguments);
        if (form == null) {
            throw cannotKeep(type, where);
        }
        return form;
    }

    private RecordForm ofRecord(Class<?> type) {
        RecordForm form = new RecordForm(type.getSimpleName());
        found.put(type, form);
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            List<RecordForm.Component> components = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                MethodHandle accessor = lookup.unreflect(component.getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                ValueForm part = of(component.getGenericType(), type.getName() + "." + component.getName());
                components.add(new RecordForm.Component(component.getName(), part, accessor));
                types.add(component.getType());
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
            form.define(
                    components,
                    constructor
                            .asSpreader(Object[].class, types.size())
                            .asType(MethodType.methodType(Object.class, Object[].class)));
            return form;
        } catch (ReflectiveOperationException e) {
            throw new Bug("cannot look into record " + type.getName(), e);
        }
    }

    private SealedForm ofSealed(Class<?> type) {
        SealedForm form = new SealedForm(type.getSimpleName());
        found.put(type, form);
        addPermitted(form, type);
        return form;
    }

    private void addPermitted(SealedForm form, Class<?> type) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed() && permitted.isInterface()) {
                addPermitted(form, permitted);
            } else if (permitted.isRecord() && ofClass(permitted, type.getName()) instanceof RecordForm record) {
                form.add(permitted, record);
            } else {
                throw cannotKeep(permitted, type.getName());
            }
        }
    }

    private static Bug cannotKeep(Type type, String where) {
        return new Bug("RecordCodec cannot keep a " + type.getTypeName() + " (in " + where
                + "): give it a codec with RecordCodec.with");
    }
}
