package virga.services.ssm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Scope;
import virga.model.ssm.InvalidFilterKey;
import virga.model.ssm.InvalidFilterOption;
import virga.model.ssm.InvalidFilterValue;
import virga.model.ssm.ParameterStringFilter;
import virga.model.ssm.ParametersFilter;
import virga.store.Reading;

/**
 * What a listing is narrowed to: all filters must match, each by one of its values.
 *
 * <p>Source: "ParameterStringFilter", AWS Systems Manager API Reference.
 */
final class ParameterFilters {
    private static final Set<String> KEYS = Set.of("Name", "Type", "KeyId", "Path", "Label", "Tier", "DataType");
    private static final Set<String> PATH_KEYS = Set.of("Type", "KeyId", "Label", "DataType");

    private final List<Filter> filters;

    private ParameterFilters(List<Filter> filters) {
        this.filters = filters;
    }

    private record Filter(String key, String option, List<String> values) {
        boolean compares(String actual) {
            return values.stream().anyMatch(value -> switch (option) {
                case "BeginsWith" -> actual.startsWith(value);
                case "Contains" -> actual.contains(value);
                default -> actual.equals(value);
            });
        }
    }

    /** For GetParametersByPath. */
    static ParameterFilters ofPath(List<ParameterStringFilter> given) {
        for (ParameterStringFilter filter : given) {
            if (!PATH_KEYS.contains(filter.key())) {
                throw new InvalidFilterKey("The following filter key is not valid: " + filter.key()
                        + ". Valid filter keys include: [Type, KeyId, Label, DataType].");
            }
        }
        return of(given, List.of());
    }

    /** For DescribeParameters, which still takes the older kind of filters as well. */
    static ParameterFilters of(List<ParameterStringFilter> given, List<ParametersFilter> older) {
        List<Filter> filters = new java.util.ArrayList<>();
        for (ParameterStringFilter filter : given) {
            filters.add(checked(filter));
        }
        older.forEach(filter -> filters.add(
                new Filter(filter.key(), filter.key().equals("Name") ? "BeginsWith" : "Equals", filter.values())));
        return new ParameterFilters(List.copyOf(filters));
    }

    private static Filter checked(ParameterStringFilter filter) {
        String key = filter.key();
        if (!KEYS.contains(key) && !key.startsWith("tag:")) {
            throw new InvalidFilterKey("The following filter key is not valid: " + key
                    + ". Valid filter keys include: [Path, Name, Type, KeyId, Tier, Label, DataType, tag:<key>].");
        }
        String option = filter.option().orElse(key.equals("Path") ? "OneLevel" : "Equals");
        Set<String> options = switch (key) {
            case "Path" -> Set.of("OneLevel", "Recursive");
            case "Name" -> Set.of("Equals", "BeginsWith", "Contains");
            default -> Set.of("Equals", "BeginsWith");
        };
        if (!options.contains(option)) {
            throw new InvalidFilterOption("The following filter option is not valid: " + option
                    + ". Valid options include: " + new java.util.TreeSet<>(options) + ".");
        }
        if (filter.values().isEmpty() && !key.startsWith("tag:")) {
            throw new InvalidFilterValue("The following filter values are missing : null for filter key " + key);
        }
        return new Filter(key, option, filter.values());
    }

    /** The version that the filters leave: the latest, or the one with a label that they ask for. */
    Optional<VersionRow> select(Reading reading, Scope scope, ParameterRow row, VersionRow latest) {
        VersionRow selected = latest;
        for (Filter filter : filters) {
            if (filter.key.equals("Label")) {
                Optional<VersionRow> labelled = Parameters.versions(reading, scope, row.name()).stream()
                        .filter(version -> version.labels().stream().anyMatch(filter::compares))
                        .findFirst();
                if (labelled.isEmpty()) {
                    return Optional.empty();
                }
                selected = labelled.get();
            } else if (!matches(filter, row, latest)) {
                return Optional.empty();
            }
        }
        return Optional.of(selected);
    }

    private static boolean matches(Filter filter, ParameterRow row, VersionRow version) {
        if (filter.key.startsWith("tag:")) {
            String value = row.tags().get(filter.key.substring("tag:".length()));
            return value != null && (filter.values.isEmpty() || filter.compares(value));
        }
        return switch (filter.key) {
            case "Name" ->
                filter.compares(row.name())
                        || filter.compares(row.name().substring(row.name().startsWith("/") ? 1 : 0));
            case "Type" -> filter.compares(version.type());
            case "KeyId" -> filter.compares(version.traits().keyId());
            case "Tier" -> filter.compares(row.tier());
            case "DataType" -> filter.compares(version.traits().dataType());
            case "Path" ->
                filter.values.stream().anyMatch(path -> under(row.name(), path, filter.option.equals("Recursive")));
            default -> throw new InvalidFilterKey("The following filter key is not valid: " + filter.key + ".");
        };
    }

    /** Whether a parameter lies under a path: directly, or at any depth. A name without slash lies at the root. */
    static boolean under(String name, String path, boolean recursive) {
        String full = name.startsWith("/") ? name : "/" + name;
        String folder = path.endsWith("/") ? path : path + "/";
        return full.startsWith(folder) && (recursive || full.indexOf('/', folder.length()) < 0);
    }
}
