package virga.services.iam;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import virga.cloud.Page;
import virga.kernel.Fault;

/** Pages of IAM's listings. Source: Marker and MaxItems of the List operations, IAM API Reference. */
final class Pages {
    private static final int DEFAULT_ITEMS = 100;

    private Pages() {}

    /** @param key unique among {@code all} */
    static <T> Page<T> of(List<T> all, Optional<String> marker, Optional<Integer> maxItems, Function<T, String> key) {
        return Page.of(all, maxItems.orElse(DEFAULT_ITEMS), marker, key, Pages::invalid);
    }

    private static Fault invalid() {
        return new Fault("ValidationError", 400, "Invalid Marker.");
    }
}
