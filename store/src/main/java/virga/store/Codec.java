package virga.store;

import virga.kernel.Bytes;

/** How a value is kept as bytes. {@link RecordCodec} makes one for any Java record. */
public interface Codec<T> {
    Bytes encode(T value);

    T decode(Bytes bytes);

    Codec<String> UTF8 = new Codec<>() {
        @Override
        public Bytes encode(String value) {
            return Bytes.ofUtf8(value);
        }

        @Override
        public String decode(Bytes bytes) {
            return bytes.utf8();
        }
    };

    Codec<Bytes> BYTES = new Codec<>() {
        @Override
        public Bytes encode(Bytes value) {
            return value;
        }

        @Override
        public Bytes decode(Bytes bytes) {
            return bytes;
        }
    };
}
