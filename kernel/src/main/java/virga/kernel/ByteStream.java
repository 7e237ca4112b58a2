package virga.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A body that may be too large for memory: an object on its way in or out. */
public interface ByteStream {
    /** A stream from the first byte. A body from a client can be opened once; {@link #repeatable} ones as often as needed. */
    InputStream open() throws IOException;

    /** The length in bytes, or -1 where the sender did not say. */
    long length();

    default boolean repeatable() {
        return false;
    }

    /** The whole body in memory. Only where a limit has already bounded it. */
    default Bytes readAll() {
        try (InputStream in = open()) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteStream of(Bytes bytes) {
        return new ByteStream() {
            @Override
            public InputStream open() {
                return bytes.asInputStream();
            }

            @Override
            public long length() {
                return bytes.length();
            }

            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public Bytes readAll() {
                return bytes;
            }
        };
    }
}
