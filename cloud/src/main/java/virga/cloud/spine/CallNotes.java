package virga.cloud.spine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Cause;

/**
 * What handlers note of a call beside its state: facts for its record, and the hidden causes of its answer's items. Safe for use by several
 * threads.
 */
final class CallNotes {
    private final SortedMap<String, String> details = Collections.synchronizedSortedMap(new TreeMap<>());
    private final Map<String, Cause> carried = Collections.synchronizedMap(new LinkedHashMap<>());

    void detail(String name, String value) {
        details.put(name, value);
    }

    void carry(String itemId, Cause cause) {
        carried.put(itemId, cause);
    }

    /** Takes over the notes of an attempt that was committed. */
    void add(CallNotes committed) {
        details.putAll(committed.details);
        carried.putAll(committed.carried);
    }

    SortedMap<String, String> details() {
        return details;
    }

    Map<String, Cause> carried() {
        return carried;
    }
}
