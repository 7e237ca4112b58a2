package virga.services.ssm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Bug;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.ParameterVersionNotFound;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/** Where parameters are kept. */
final class Parameters {
    private static final Codec<ParameterRow> PARAMETER = RecordCodec.of(ParameterRow.class);
    private static final Codec<VersionRow> VERSION = RecordCodec.of(VersionRow.class);

    private Parameters() {}

    static Optional<ParameterRow> find(Reading reading, Scope scope, String name) {
        return reading.get(key(scope, name), PARAMETER);
    }

    /** @throws ParameterNotFound where there is none */
    static ParameterRow get(Reading reading, Scope scope, String name) {
        return find(reading, scope, name).orElseThrow(() -> new ParameterNotFound(""));
    }

    static VersionRow latest(Reading reading, Scope scope, ParameterRow parameter) {
        return reading.get(key(scope, parameter.name(), parameter.latest()), VERSION)
                .orElseThrow(() -> new Bug("parameter " + parameter.name() + " has lost its latest version"));
    }

    /** The version that a request means: the latest, one by number, or one by label. */
    static VersionRow selected(Reading reading, Call call, ParameterName name) {
        ParameterRow parameter = get(reading, call.scope(), name.name());
        if (name.selector().isEmpty()) {
            return latest(reading, call.scope(), parameter);
        }
        String selector = name.selector().substring(1);
        Optional<VersionRow> found = selector.matches("\\d{1,18}")
                ? version(reading, call.scope(), name.name(), Long.parseLong(selector))
                : versions(reading, call.scope(), name.name()).stream()
                        .filter(version -> version.labels().contains(selector))
                        .findFirst();
        return found.orElseThrow(() -> new ParameterVersionNotFound("Systems Manager could not find version " + selector
                + " of " + name.name() + ". Verify the version and try again."));
    }

    static Optional<VersionRow> version(Reading reading, Scope scope, String name, long number) {
        return reading.get(key(scope, name, number), VERSION);
    }

    /** All that are kept, the oldest first. */
    static List<VersionRow> versions(Reading reading, Scope scope, String name) {
        try (Stream<Reading.Entry> entries =
                reading.scan(SsmKeys.VERSION.range(scope.account(), scope.region(), name))) {
            return entries.map(entry -> VERSION.decode(entry.value())).toList();
        }
    }

    /** In order of names, those behind {@code after}; close the stream. */
    static Stream<ParameterRow> all(Reading reading, Scope scope, Optional<String> after) {
        KeyRange range = SsmKeys.PARAMETER.range(scope.account(), scope.region());
        KeyRange rest = after.map(name -> range.after(key(scope, name))).orElse(range);
        return reading.scan(rest).map(entry -> PARAMETER.decode(entry.value()));
    }

    static void put(Transaction work, Scope scope, ParameterRow parameter) {
        work.put(key(scope, parameter.name()), parameter, PARAMETER);
    }

    static void put(Transaction work, Scope scope, String name, VersionRow version) {
        work.put(key(scope, name, version.version()), version, VERSION);
    }

    static void removeVersion(Transaction work, Scope scope, String name, long number) {
        work.delete(key(scope, name, number));
    }

    /** Whether there was one. */
    static boolean remove(Transaction work, Scope scope, String name) {
        boolean was = find(work, scope, name).isPresent();
        work.delete(key(scope, name));
        work.delete(SsmKeys.VERSION.range(scope.account(), scope.region(), name));
        return was;
    }

    private static Key key(Scope scope, String name) {
        return SsmKeys.PARAMETER.key(scope.account(), scope.region(), name);
    }

    private static Key key(Scope scope, String name, long version) {
        return SsmKeys.VERSION.key(scope.account(), scope.region(), name, version);
    }
}
