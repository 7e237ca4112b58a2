package virga.cloud.spine;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import virga.cloud.AccessKeys;
import virga.store.Reading.Entry;
import virga.store.Store.Watch;

/**
 * In which environment an access key is. It knows every key that an environment held when it opened and every one written since; that a
 * key was revoked meanwhile the environment itself tells, so a key that is listed here in vain costs one read.
 */
final class KeyDirectory {
    /** By key; where two environments were given the same well-known key, the first by name has it. */
    private final Map<String, NavigableMap<String, LiveEnvironment>> holders = new ConcurrentHashMap<>();

    /** What is known of an environment that is open; forgotten with it. */
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    /** Lists an environment's keys from now on. */
    void add(LiveEnvironment environment) {
        // Watching begins before reading, so that no key falls between them.
        Watch watch = environment
                .store()
                .watch(AccessKeys.KEY.range(), key -> hold(AccessKeys.KEY.text(key, 0), environment));
        watches.put(environment.name(), watch);
        environment
                .read(reading -> {
                    try (Stream<Entry> rows = reading.scan(AccessKeys.KEY.range())) {
                        return rows.map(row -> AccessKeys.KEY.text(row.key(), 0))
                                .toList();
                    }
                })
                .forEach(id -> hold(id, environment));
    }

    private void hold(String id, LiveEnvironment environment) {
        holders.computeIfAbsent(id, unused -> new ConcurrentSkipListMap<>()).put(environment.name(), environment);
    }

    /** Forgets an environment that closes. */
    void remove(String environment) {
        Watch watch = watches.remove(environment);
        if (watch != null) {
            watch.close();
        }
        holders.values().forEach(names -> names.remove(environment));
        holders.values().removeIf(Map::isEmpty);
    }

    /** Whom a key stands for, in whichever environment it is. */
    Optional<Caller> find(String accessKeyId) {
        NavigableMap<String, LiveEnvironment> listed = holders.get(accessKeyId);
        if (listed == null) {
            return Optional.empty();
        }
        for (LiveEnvironment environment : listed.values()) {
            Optional<AccessKeys.Identity> found = environment.read(reading -> AccessKeys.find(reading, accessKeyId));
            if (found.isPresent()) {
                return found.map(identity ->
                        new Caller(environment.name(), identity.credentials(), identity.principal(), Optional.empty()));
            }
        }
        return Optional.empty();
    }
}
