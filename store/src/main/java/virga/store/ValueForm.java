package virga.store;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** How values of one Java type are kept. Made once for a type; holds no state of a value. */
interface ValueForm {
    /**
     * What is kept, in a few letters, so that a value can be read past a component that no longer exists and a changed type is
     * noticed: {@code z} boolean, {@code i} integer, {@code d} double, {@code s} text, {@code b} bytes, {@code t} time, {@code u}
     * duration, {@code r} record, {@code ?x} optional, {@code [x} list, <code>{kv</code> map.
     */
    String signature();

    void write(ValueWriter out, Object value);

    Object read(ValueReader in);

    /** What a component of this type is where the kept value has none: the empty value of its type. */
    Object absent();

    /** Reads past a value of {@code signature}. */
    static void skip(ValueReader in, String signature) {
        switch (signature.charAt(0)) {
            case 'z', 'i' -> in.unsigned();
            case 'd' -> in.skip(8);
            case 't', 'u' -> {
                in.unsigned();
                in.unsigned();
            }
            default -> in.skip(in.size());
        }
    }

    /** A type without parts. */
    record Plain<T>(
            String signature,
            Class<T> type,
            T empty,
            BiConsumer<ValueWriter, T> writer,
            Function<ValueReader, T> reader)
            implements ValueForm {
        @Override
        public void write(ValueWriter out, Object value) {
            writer.accept(out, type.cast(value));
        }

        @Override
        public Object read(ValueReader in) {
            return reader.apply(in);
        }

        @Override
        public Object absent() {
            return empty;
        }
    }
}
