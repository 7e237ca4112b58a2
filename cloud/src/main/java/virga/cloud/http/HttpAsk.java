package virga.cloud.http;

import java.util.List;
import virga.kernel.Bytes;

/**
 * A request to a user's API.
 *
 * @param rawPath undecoded, with a leading slash, as the API sees it
 * @param rawQuery undecoded, without the question mark; empty where there is none
 * @param host as the client addressed it, without a port
 */
public record HttpAsk(
        String method,
        String host,
        String rawPath,
        String rawQuery,
        List<Header> headers,
        Bytes body,
        String sourceIp) {
    public HttpAsk {
        headers = List.copyOf(headers);
    }
}
