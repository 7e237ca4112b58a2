package virga.server.socket;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import virga.kernel.ByteStream;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;

/** Vert.x's request as ours. */
final class Requests {
    private Requests() {}

    static HttpRequest of(HttpServerRequest request, ByteStream body) {
        Headers.Builder headers = Headers.builder();
        request.headers().forEach((name, value) -> headers.add(name, value));
        if (!request.headers().contains("Host")) {
            HostAndPort authority = request.authority();
            if (authority != null) {
                headers.add("Host", authority.toString());
            }
        }
        return HttpRequest.of(
                request.method().name().toUpperCase(Locale.ROOT), target(request.uri()), headers.build(), body);
    }

    static String sourceIp(HttpServerRequest request) {
        return request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    }

    /** A proxy's client sends an absolute URI; what counts is what follows the host. */
    private static String target(String uri) {
        if (uri.startsWith("http://") || uri.startsWith("https://")) {
            int slash = uri.indexOf('/', uri.indexOf("://") + 3);
            return slash < 0 ? "/" : uri.substring(slash);
        }
        return uri.startsWith("/") ? uri : "/" + uri;
    }
}
