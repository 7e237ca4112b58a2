package virga.server.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an API's address, as AWS and so a stack's outputs write it, answers on this machine. The host names of
 * {@code execute-api} resolve to AWS; Virga serves the same API under a path of its own.
 */
final class LocalAddress {
    private static final Pattern API =
            Pattern.compile("(?:https?://)?([a-z0-9]+)\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(/.*)?");

    private LocalAddress() {}

    /**
     * @param environment named in the path where it is not the default one
     * @return empty where {@code value} is no API's address
     */
    static Optional<String> of(String endpoint, String environment, String value) {
        Matcher api = API.matcher(value);
        if (!api.matches()) {
            return Optional.empty();
        }
        String within = environment.equals("default") ? "" : "@" + environment;
        return Optional.of(
                endpoint + "/_virga/api/" + api.group(1) + within + (api.group(2) == null ? "" : api.group(2)));
    }
}
