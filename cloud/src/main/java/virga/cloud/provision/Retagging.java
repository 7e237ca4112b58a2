package virga.cloud.provision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How a resource comes from the tags it has to those it is to have, in the two operations that services have for it. */
public final class Retagging {
    private Retagging() {}

    /**
     * @param before the keys that are there
     * @param untag takes keys away; not called with none
     * @param tag puts tags; not called with none
     */
    public static void change(
            Collection<String> before,
            Map<String, String> wanted,
            Consumer<List<String>> untag,
            Consumer<Map<String, String>> tag) {
        List<String> gone =
                before.stream().filter(key -> !wanted.containsKey(key)).toList();
        if (!gone.isEmpty()) {
            untag.accept(gone);
        }
        if (!wanted.isEmpty()) {
            tag.accept(wanted);
        }
    }
}
