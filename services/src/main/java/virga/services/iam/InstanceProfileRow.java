package virga.services.iam;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/**
 * What is kept of an instance profile.
 *
 * @param role the name of its role, or empty: AWS allows one
 */
record InstanceProfileRow(Identity.Facts facts, String role, SortedMap<String, String> tags) {
    private static final Codec<InstanceProfileRow> CODEC = RecordCodec.of(InstanceProfileRow.class);

    InstanceProfileRow {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    InstanceProfileRow withRole(String name) {
        return new InstanceProfileRow(facts, name, tags);
    }

    static Optional<InstanceProfileRow> find(Reading reading, String account, String name) {
        return reading.get(key(account, name), CODEC)
                .filter(row -> row.facts.name().equals(name));
    }

    static boolean taken(Reading reading, String account, String name) {
        return reading.get(key(account, name)).isPresent();
    }

    static List<InstanceProfileRow> all(Reading reading, String account) {
        try (Stream<Reading.Entry> entries = reading.scan(IamKeys.INSTANCE_PROFILE.range(account))) {
            return entries.map(entry -> CODEC.decode(entry.value())).toList();
        }
    }

    void put(Transaction work, String account) {
        work.put(key(account, facts.name()), this, CODEC);
    }

    void remove(Transaction work, String account) {
        work.delete(key(account, facts.name()));
    }

    private static Key key(String account, String name) {
        return IamKeys.INSTANCE_PROFILE.key(account, name.toLowerCase(Locale.ROOT));
    }
}
