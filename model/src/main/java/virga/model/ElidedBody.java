package virga.model;

import java.io.IOException;
import java.io.InputStream;
import virga.kernel.ByteStream;

/**
 * A body that was not kept: its length is all that is left.
 *
 * @param length in bytes, or -1 where the sender did not say
 */
public record ElidedBody(long length) implements ByteStream {
    /** @throws IOException always */
    @Override
    public InputStream open() throws IOException {
        throw new IOException("This body of " + length + " bytes was not kept");
    }
}
