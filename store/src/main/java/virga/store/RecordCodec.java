package virga.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * A codec for any Java record, or sealed interface of records, made from its components.
 *
 * <pre>{@code
 * static final Codec<Message> MESSAGE = RecordCodec.of(Message.class);
 * }</pre>
 *
 * <p>A component may be a {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double} (or their boxes), {@code Instant},
 * {@code Duration}, {@code BigDecimal}, {@code BigInteger}, {@link Bytes}, an enum, a record, a sealed interface of records, an
 * {@code Optional}, {@code List}, {@code Set}, {@code SortedSet}, {@code Map} or {@code SortedMap} of these, or a type that was given a
 * codec by {@link #with}. {@code null} is refused. Collections keep their order and cannot be changed after reading.
 *
 * <p>A kept value names its components, so records may change: a component that a kept value lacks becomes the empty value of its
 * type (0, {@code false}, {@code ""}, the epoch, an empty collection, an enum's first constant, a record of empty values), and
 * one that the record no longer has is passed over. A component keeps its name or loses its past; one whose type changes needs a new
 * name. Enum constants and the records of a sealed interface are kept by their (simple) names.
 */
public final class RecordCodec<T> implements Codec<T> {
    private static final int VERSION = 1;

    private final Class<T> type;
    private final Builder foreign;
    private volatile ValueForm form;

    private RecordCodec(Class<T> type, Builder foreign) {
        this.type = type;
        this.foreign = foreign;
    }

    /**
     * The codec of a record or a sealed interface of records. Make it once, in a constant. It looks into the type when it is first used:
     * to look into those of all services would be a tenth of Virga's start.
     */
    public static <T> RecordCodec<T> of(Class<T> type) {
        return new Builder().of(type);
    }

    /** Begins a codec that keeps components of type {@code foreign} by {@code codec}; absent, they are what it makes of no bytes. */
    public static <F> Builder with(Class<F> foreign, Codec<F> codec) {
        return new Builder().with(foreign, codec);
    }

    /** Begins a codec that keeps components of any subtype of {@code base} by the codec that {@code codecs} has for that subtype. */
    public static <F> Builder withEvery(Class<F> base, Function<Class<? extends F>, Codec<? extends F>> codecs) {
        return new Builder().withEvery(base, codecs);
    }

    /**
     * How the type is kept.
     *
     * @throws Bug where a component is of a type that cannot be kept
     */
    ValueForm form() {
        ValueForm known = form;
        if (known == null) {
            // Two threads may both make it; their forms do the same.
            known = foreign.form(type);
            form = known;
        }
        return known;
    }

    @Override
    public Bytes encode(T value) {
        ValueWriter out = new ValueWriter();
        switch (form()) {
            case RecordForm record -> record.writeBody(out, value);
            case SealedForm sealed -> sealed.writeBody(out, value);
            default -> throw new Bug("not a record: " + type);
        }
        return out.finish(VERSION);
    }

    @Override
    public T decode(Bytes bytes) {
        ValueReader in = new ValueReader(bytes.unsafeArray());
        try {
            in.header(VERSION);
            int shape = in.shapeNumber();
            Object value = switch (form()) {
                case RecordForm record -> record.readBody(in, shape);
                case SealedForm sealed -> sealed.readBody(in, shape);
                default -> throw new Bug("not a record: " + type);
            };
            if (!in.atEnd()) {
                throw new Bug("bytes left over behind a " + type.getSimpleName() + ": " + bytes);
            }
            return type.cast(value);
        } catch (IndexOutOfBoundsException e) {
            throw new Bug("not a kept " + type.getSimpleName() + ": " + bytes, e);
        }
    }

    @Override
    public String toString() {
        return "RecordCodec(" + type.getSimpleName() + ")";
    }

    /** Codecs that know some foreign types. */
    public static final class Builder {
        private final Map<Class<?>, Function<Class<?>, ValueForm>> foreign = new LinkedHashMap<>();

        private Builder() {}

        /** @see RecordCodec#with */
        public <F> Builder with(Class<F> type, Codec<F> codec) {
            foreign.put(type, asked -> asked == type ? PlainForms.foreign(type, codec) : null);
            return this;
        }

        /** @see RecordCodec#withEvery */
        public <F> Builder withEvery(Class<F> base, Function<Class<? extends F>, Codec<? extends F>> codecs) {
            foreign.put(base, asked -> base.isAssignableFrom(asked) ? member(asked.asSubclass(base), codecs) : null);
            return this;
        }

        /** @see RecordCodec#of */
        public <T> RecordCodec<T> of(Class<T> type) {
            if (!(type.isRecord() || type.isSealed() && type.isInterface())) {
                throw new Bug("RecordCodec is for records and sealed interfaces of records, not " + type.getName());
            }
            Builder own = new Builder();
            own.foreign.putAll(foreign);
            return new RecordCodec<>(type, own);
        }

        private ValueForm form(Class<?> type) {
            return new Forms(this::find).of(type, type.getName());
        }

        private Optional<ValueForm> find(Class<?> type) {
            return foreign.values().stream()
                    .flatMap(candidate -> Optional.ofNullable(candidate.apply(type)).stream())
                    .findFirst();
        }

        @SuppressWarnings("unchecked") // The caller's function promises a codec of the very type that it is asked for.
        private static <F, S extends F> ValueForm member(
                Class<S> type, Function<Class<? extends F>, Codec<? extends F>> codecs) {
            return PlainForms.foreign(type, (Codec<S>) codecs.apply(type));
        }
    }
}
