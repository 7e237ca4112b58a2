package virga.protocol.body;

import java.io.IOException;
import java.io.InputStream;
import virga.kernel.ByteStream;

/** A body that is decoded and checked while it is read; reading throws {@link virga.kernel.Fault} where it is not what it should be. */
final class ProvedBody implements ByteStream {
    private final ByteStream raw;
    private final long length;
    private final Decoding decoding;

    /** Undoes a framing, or checks. */
    @FunctionalInterface
    interface Decoding {
        InputStream of(InputStream raw) throws IOException;
    }

    ProvedBody(ByteStream raw, long length, Decoding decoding) {
        this.raw = raw;
        this.length = length;
        this.decoding = decoding;
    }

    @Override
    public InputStream open() throws IOException {
        return decoding.of(raw.open());
    }

    @Override
    public long length() {
        return length;
    }
}
