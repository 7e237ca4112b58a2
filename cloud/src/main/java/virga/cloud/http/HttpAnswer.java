package virga.cloud.http;

import java.util.List;
import virga.kernel.Bytes;

/**
 * The answer to a request, and what the record of it says.
 *
 * @param route as in {@code POST /orders}; for the record's operation
 * @param resource the ARN of what was asked
 */
public record HttpAnswer(int status, List<Header> headers, Bytes body, String route, String resource) {
    public HttpAnswer {
        headers = List.copyOf(headers);
    }
}
