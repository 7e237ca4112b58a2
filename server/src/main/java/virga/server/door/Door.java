package virga.server.door;

import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;

/** Answers HTTP requests. Blocks its thread as long as it needs, and answers every request. */
@FunctionalInterface
public interface Door {
    /** @param sourceIp the client's address */
    HttpResponse handle(HttpRequest request, String sourceIp);
}
