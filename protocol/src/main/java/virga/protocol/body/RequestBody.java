package virga.protocol.body;

import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.protocol.HttpRequest;

/** The body as the operation should see it. */
public final class RequestBody {
    /** No request that is not streamed is larger than this; Lambda's 50 MB of code in base64 comes closest. */
    private static final int MOST_DECOMPRESSED = 128 * 1024 * 1024;

    private RequestBody() {}

    /**
     * The request with its body decompressed where {@code Content-Encoding} says gzip, and without that header. Not for S3, where the
     * encoding belongs to the object. Source: Smithy's {@code requestCompression} trait.
     *
     * @throws Fault SerializationException where the body is not what the header says
     */
    public static HttpRequest decompressed(HttpRequest request) {
        String encoding = request.headers().value("Content-Encoding", "");
        if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            return request;
        }
        if (request.body().length() == 0) {
            return request;
        }
        try (GZIPInputStream in = new GZIPInputStream(request.body().open())) {
            byte[] content = in.readNBytes(MOST_DECOMPRESSED + 1);
            if (content.length > MOST_DECOMPRESSED) {
                throw new Fault("RequestEntityTooLargeException", 413, "The decompressed request body is too large");
            }
            return request.withBody(ByteStream.of(Bytes.wrap(content)))
                    .withHeaders(request.headers().without("Content-Encoding"));
        } catch (IOException e) {
            throw new Fault("SerializationException", 400, "The request body is not valid gzip");
        }
    }
}
