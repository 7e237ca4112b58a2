package virga.protocol.wire;

import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.protocol.HttpRequest;

/** A member that is the whole body and no structure: bytes or text as they are. */
final class RestPayload {
    private RestPayload() {}

    static boolean isRaw(Member payload) {
        return switch (payload.type()) {
            case BLOB, STRING -> true;
            default -> false;
        };
    }

    /** The member's value; {@code null} for an empty body. */
    static Object read(Member payload, HttpRequest request) {
        if (payload.traits().streaming()) {
            return request.body().length() == 0 ? null : request.body();
        }
        Bytes body = request.body().readAll();
        if (body.isEmpty()) {
            return null;
        }
        return switch (payload.type()) {
            case BLOB -> body;
            default -> body.utf8();
        };
    }

    static ByteStream write(Object value) {
        return switch (value) {
            case ByteStream stream -> stream;
            case Bytes bytes -> ByteStream.of(bytes);
            default -> ByteStream.of(Bytes.ofUtf8(value.toString()));
        };
    }

    static String contentType(Member payload) {
        return switch (payload.type()) {
            case STRING -> "text/plain";
            default -> "application/octet-stream";
        };
    }
}
