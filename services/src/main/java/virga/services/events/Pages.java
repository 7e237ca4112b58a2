package virga.services.events;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.cloud.Faults;
import virga.cloud.Page;

/** Pages of EventBridge's listings. Source: Limit and NextToken of the List operations, EventBridge API Reference. */
final class Pages {
    private static final int MOST = 100;

    private Pages() {}

    /** @param name unique among {@code all} */
    static <T> Page<T> of(List<T> all, Optional<Integer> limit, Optional<String> token, Function<T, String> name) {
        return Page.of(all, limit.orElse(MOST), token, name, () -> Faults.validation("Token is invalid."));
    }
}
