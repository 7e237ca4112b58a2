package virga.protocol.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import virga.kernel.Bytes;

/** The one configured JSON factory. */
final class JsonText {
    /** A function's code may be sent as base64 text of 50 MB of zip. Source: "Lambda quotas", AWS Lambda Developer Guide. */
    private static final int LONGEST_STRING = 100 * 1024 * 1024;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private JsonText() {}

    /** Writes into memory. */
    static Bytes write(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Writes a document. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }
}
