package virga.protocol;

import virga.kernel.ByteStream;

/**
 * A request as it came: nothing decoded, because the signature is over the raw text.
 *
 * @param method upper case
 * @param path the raw path, from the first slash up to the question mark
 * @param query the raw query without its question mark; empty where there is none
 * @param body once readable where the sender streams it; the door keeps small ones in memory, repeatable
 */
public record HttpRequest(String method, String path, String query, Headers headers, ByteStream body) {
    /** @param target raw path and query as in the request line */
    public static HttpRequest of(String method, String target, Headers headers, ByteStream body) {
        int mark = target.indexOf('?');
        return mark < 0
                ? new HttpRequest(method, target, "", headers, body)
                : new HttpRequest(method, target.substring(0, mark), target.substring(mark + 1), headers, body);
    }

    public HttpRequest withPath(String other) {
        return new HttpRequest(method, other, query, headers, body);
    }

    public HttpRequest withHeaders(Headers other) {
        return new HttpRequest(method, path, query, other, body);
    }

    public HttpRequest withBody(ByteStream other) {
        return new HttpRequest(method, path, query, headers, other);
    }

    /** The same request with its whole body in memory. Only where a limit has already bounded it. */
    public HttpRequest buffered() {
        return body.repeatable() ? this : withBody(ByteStream.of(body.readAll()));
    }

    /** The query's parameters, decoded. */
    public Parameters parameters() {
        return Parameters.parse(query);
    }

    /** The media type of the body in lower case, without its parameters; empty where the sender did not say. */
    public String mediaType() {
        String type = headers.value("Content-Type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** For people: no query and no header values, which may hold credentials. */
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
