package virga.protocol.wire;

import virga.model.Member;
import virga.model.Operation;
import virga.model.ShapeType;
import virga.protocol.HttpRequest;

/** Whether a REST request says that its body is what the operation reads, and accepts what it writes. */
final class MediaTypes {
    private MediaTypes() {}

    /** @throws virga.kernel.Fault UnsupportedMediaTypeException or NotAcceptableException */
    static void check(Operation<?, ?> operation, HttpRequest request, String mediaType) {
        String said = request.mediaType();
        HttpBindings input = HttpBindings.of(operation.input());
        boolean hasBody = request.body().length() != 0;
        if (!said.isEmpty() && hasBody) {
            checkSaid(input, said, mediaType);
        }
        String accept = request.headers().value("Accept", "*/*");
        if (!accepts(accept, HttpBindings.of(operation.output()), mediaType)) {
            throw Malformed.notAcceptable();
        }
    }

    private static void checkSaid(HttpBindings input, String said, String mediaType) {
        if (input.payload().isPresent()) {
            Member payload = input.payload().get();
            String wanted = payload.type() == ShapeType.STRING ? "text/plain" : mediaType;
            if (payload.type() != ShapeType.BLOB && !said.equals(wanted)) {
                throw Malformed.mediaType("Expected Content-Type " + wanted + ", not " + said);
            }
        } else if (!input.body().isEmpty() && !said.equals(mediaType)) {
            throw Malformed.mediaType("Expected Content-Type " + mediaType + ", not " + said);
        }
    }

    private static boolean accepts(String accept, HttpBindings output, String mediaType) {
        boolean any = output.payload()
                .map(payload -> payload.type() == ShapeType.BLOB)
                .orElse(false);
        boolean text = output.payload()
                .map(payload -> payload.type() == ShapeType.STRING)
                .orElse(false);
        return any
                || text && accept.contains("text/")
                || accept.contains("*/*")
                || !text && accept.contains("application/*")
                || !text && accept.contains(mediaType);
    }
}
