package virga.services.ssm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of a parameter beside its versions.
 *
 * @param oldest the lowest version that is still kept
 */
record ParameterRow(String name, long latest, long oldest, boolean advanced, SortedMap<String, String> tags) {
    ParameterRow {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    ParameterRow with(SortedMap<String, String> changed) {
        return new ParameterRow(name, latest, oldest, advanced, changed);
    }

    String tier() {
        return advanced ? "Advanced" : "Standard";
    }
}
