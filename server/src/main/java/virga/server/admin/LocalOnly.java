package virga.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import virga.kernel.Bytes;
import virga.protocol.Headers;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.server.door.Door;

/**
 * Stands before what only people and tools of this machine may ask. Listening on the loopback address does not keep out the pages that
 * a browser on this machine shows: one may point a name of its own at 127.0.0.1 (DNS rebinding), or send forms to it. So a request must
 * name this machine as its host, and what changes something must not come from another site.
 */
public final class LocalOnly implements Door {
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|.+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])(:\\d{1,5})?");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Door behind;

    public LocalOnly(Door behind) {
        this.behind = behind;
    }

    @Override
    public HttpResponse handle(HttpRequest request, String sourceIp) {
        return refusal(request).map(LocalOnly::refused).orElseGet(() -> behind.handle(request, sourceIp));
    }

    /** Why a request is refused, in words; empty where it is not. One without a host is no browser's. */
    static Optional<String> refusal(HttpRequest request) {
        Optional<String> host = request.headers().first("Host");
        if (host.isPresent() && !isLocal(host.get())) {
            return Optional.of("Virga's own pages answer at localhost or 127.0.0.1, not at " + host.get());
        }
        if (READING.contains(request.method())) {
            return Optional.empty();
        }
        Optional<String> origin = request.headers().first("Origin").filter(from -> !isLocalOrigin(from));
        if (origin.isPresent()) {
            return Optional.of("A page of " + origin.get() + " may not change this cloud");
        }
        return request.headers()
                .first("Sec-Fetch-Site")
                .filter("cross-site"::equals)
                .map(site -> "A page of another site may not change this cloud");
    }

    private static boolean isLocal(String host) {
        return LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && isLocal(authority);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static HttpResponse refused(String why) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("code", "NotLocal")
                .put("message", why)
                .put("status", 403)
                .toString();
        return HttpResponse.of(403, Headers.of("Content-Type", "application/json"), Bytes.ofUtf8(body));
    }
}
