package virga.services.ssm;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One version of a parameter.
 *
 * @param sealed what a secure string shows without decryption; empty for the other types
 * @param modifiedBy an ARN
 */
record VersionRow(
        long version,
        String type,
        String value,
        String sealed,
        Traits traits,
        Instant modifiedAt,
        String modifiedBy,
        SortedSet<String> labels) {
    static final String SECURE = "SecureString";

    /** What the writer said about it; empty text where nothing was said. {@code keyId} is of secure strings only. */
    record Traits(String description, String allowedPattern, String keyId, String dataType, String tier) {}

    VersionRow {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    }

    boolean secure() {
        return type.equals(SECURE);
    }

    String shown(boolean decrypted) {
        return secure() && !decrypted ? sealed : value;
    }

    VersionRow withLabel(String label) {
        SortedSet<String> changed = new TreeSet<>(labels);
        changed.add(label);
        return new VersionRow(version, type, value, sealed, traits, modifiedAt, modifiedBy, changed);
    }

    VersionRow withoutLabel(String label) {
        SortedSet<String> changed = new TreeSet<>(labels);
        changed.remove(label);
        return new VersionRow(version, type, value, sealed, traits, modifiedAt, modifiedBy, changed);
    }
}
