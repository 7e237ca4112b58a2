package virga.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.MovableClock;

/** Lists, makes, forks, empties and deletes environments, and moves their clocks. */
final class EnvironmentAdmin {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Cloud cloud;

    EnvironmentAdmin(Cloud cloud) {
        this.cloud = cloud;
    }

    /** @param parts the path's segments behind {@code /_virga/}, the first of them {@code environments} */
    JsonNode answer(String method, List<String> parts, ObjectNode body) {
        String what = method + " " + parts.size() + (parts.size() == 3 ? " " + parts.get(2) : "");
        return switch (what) {
            case "GET 1" -> list();
            case "POST 1" -> shown(cloud.create(text(body, "name"), Settings.DEFAULT));
            case "GET 2" -> shown(cloud.environment(parts.get(1)));
            case "DELETE 2" -> {
                cloud.delete(parts.get(1));
                yield JSON.objectNode();
            }
            case "POST 3 fork" -> shown(cloud.fork(parts.get(1), text(body, "to")));
            case "POST 3 reset" -> shown(cloud.reset(parts.get(1)));
            case "POST 3 authorization" -> authorize(parts.get(1), text(body, "mode"));
            default ->
                throw new Fault("NotFound", 404, "There is no " + method + " /_virga/" + String.join("/", parts));
        };
    }

    private ArrayNode list() {
        ArrayNode list = JSON.arrayNode();
        cloud.environments().forEach(environment -> list.add(shown(environment)));
        return list;
    }

    private ObjectNode shown(LiveEnvironment environment) {
        Settings settings = environment.settings();
        MovableClock clock = environment.ports().clock();
        Credentials key = cloud.rootKey(environment.name());
        return JSON.objectNode()
                .put("name", environment.name())
                .put("accountId", settings.accountId())
                .put("region", settings.region())
                .put("authorization", settings.authorization().name())
                .put("clockOffsetSeconds", clock.offset().toSeconds())
                .put("frozen", clock.frozen())
                .put("accessKeyId", key.accessKeyId())
                .put("secretAccessKey", key.secretAccessKey());
    }

    private JsonNode authorize(String name, String mode) {
        Settings.Authorization wanted;
        try {
            wanted = Settings.Authorization.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Fault("InvalidRequest", 400, "mode is audit or enforce, not " + mode);
        }
        cloud.change(name, cloud.environment(name).settings().withAuthorization(wanted));
        return shown(cloud.environment(name));
    }

    JsonNode clock(String environment, String method, ObjectNode body) {
        if (method.equals("POST")) {
            String action = text(body, "action");
            switch (action) {
                case "advance" -> {
                    long seconds = body.path("seconds").asLong(-1);
                    if (seconds < 0) {
                        throw new Fault(
                                "InvalidRequest",
                                400,
                                "seconds must be a whole number from 0: a clock does not go back");
                    }
                    cloud.changeClock(environment, clock -> clock.advance(Duration.ofSeconds(seconds)));
                }
                case "freeze" -> cloud.changeClock(environment, MovableClock::freeze);
                case "resume" -> cloud.changeClock(environment, MovableClock::resume);
                default -> throw new Fault("InvalidRequest", 400, "action is advance, freeze or resume, not " + action);
            }
        }
        MovableClock clock = cloud.environment(environment).ports().clock();
        return JSON.objectNode()
                .put("now", clock.now().toString())
                .put("frozen", clock.frozen())
                .put("offsetSeconds", clock.offset().toSeconds());
    }

    private static String text(ObjectNode body, String name) {
        if (!body.hasNonNull(name) || !body.get(name).isTextual()) {
            throw new Fault("InvalidRequest", 400, "The body must have a text " + name);
        }
        return body.get(name).asText();
    }
}
