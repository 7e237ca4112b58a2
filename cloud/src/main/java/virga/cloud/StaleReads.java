package virga.cloud;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Weather in which eventually consistent reads lag behind writes.
 *
 * @param resources which ones, by their ARNs
 */
public record StaleReads(Predicate<String> resources, Duration lag) implements Weather {
    @Override
    public Duration lag(String resource) {
        return resources.test(resource) ? lag : Duration.ZERO;
    }
}
