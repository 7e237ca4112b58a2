package virga.protocol;

import virga.kernel.ByteStream;
import virga.kernel.Bytes;

/** An answer, ready to be sent; the door adds {@code Content-Length} or chunks from the length of the body. */
public record HttpResponse(int status, Headers headers, ByteStream body) {
    public static final ByteStream NO_BODY = ByteStream.of(Bytes.EMPTY);

    public static HttpResponse of(int status, Headers headers, Bytes body) {
        return new HttpResponse(status, headers, ByteStream.of(body));
    }

    public HttpResponse with(String header, String value) {
        return new HttpResponse(status, headers.and(header, value), body);
    }
}
