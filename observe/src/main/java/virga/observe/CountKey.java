package virga.observe;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import virga.kernel.Scope;
import virga.store.Key;

/** What unrecorded calls are counted by. {@code minute} is the minute's beginning. */
record CountKey(Instant minute, String account, String region, String service, String operation, String outcome)
        implements Comparable<CountKey> {
    private static final Comparator<CountKey> ORDER = Comparator.comparing(CountKey::minute)
            .thenComparing(CountKey::account)
            .thenComparing(CountKey::region)
            .thenComparing(CountKey::service)
            .thenComparing(CountKey::operation)
            .thenComparing(CountKey::outcome);

    static CountKey of(Instant minute, Scope scope, String service, String operation, String outcome) {
        return new CountKey(minute, scope.account(), scope.region(), service, operation, outcome);
    }

    static CountKey of(Key key) {
        List<Object> parts = RecordKeys.COUNT.decode(key);
        return new CountKey(
                (Instant) parts.get(0),
                (String) parts.get(1),
                (String) parts.get(2),
                (String) parts.get(3),
                (String) parts.get(4),
                (String) parts.get(5));
    }

    Key key() {
        return RecordKeys.COUNT.key(minute, account, region, service, operation, outcome);
    }

    @Override
    public int compareTo(CountKey other) {
        return ORDER.compare(this, other);
    }
}
