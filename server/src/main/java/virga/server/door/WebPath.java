package virga.server.door;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.protocol.routing.Destination.UserEndpoint;

/**
 * The paths under which APIs can be reached without a host name of their own: Virga's {@code /_virga/api/ID/...} and those that other
 * emulators use. The ID may name its environment too, as {@code ID@ENVIRONMENT}: a fork has the APIs of its origin under the same ids.
 *
 * @param path what follows, the stage first
 */
record WebPath(UserEndpoint endpoint, String path) {
    private static final Pattern API = Pattern.compile("/_(?:virga/api|aws/execute-api)/([^/]+)(/.*)?");
    private static final Pattern REST_API = Pattern.compile("/restapis/([^/]+)/([^/]+)/_user_request_(/.*)?");
    private static final Pattern FUNCTION = Pattern.compile("/_virga/url/([^/]+)(/.*)?");

    static Optional<WebPath> of(String path) {
        if (!path.startsWith("/_") && !path.startsWith("/restapis/")) {
            return Optional.empty();
        }
        Matcher api = API.matcher(path);
        if (api.matches()) {
            return Optional.of(to(UserEndpoint.Kind.EXECUTE_API, api.group(1), api.group(2)));
        }
        Matcher rest = REST_API.matcher(path);
        if (rest.matches()) {
            String rooted = "/" + rest.group(2) + (rest.group(3) == null ? "" : rest.group(3));
            return Optional.of(to(UserEndpoint.Kind.EXECUTE_API, rest.group(1), rooted));
        }
        Matcher function = FUNCTION.matcher(path);
        return function.matches()
                ? Optional.of(to(UserEndpoint.Kind.FUNCTION_URL, function.group(1), function.group(2)))
                : Optional.empty();
    }

    private static WebPath to(UserEndpoint.Kind kind, String id, String path) {
        return new WebPath(new UserEndpoint(kind, id), path == null ? "/" : path);
    }
}
