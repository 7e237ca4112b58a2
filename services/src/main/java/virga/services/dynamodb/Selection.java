package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Faults;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.Path;
import virga.services.dynamodb.expression.Projection;

/**
 * What a Query or Scan shows of what it reads: its {@code Select}, projection and index together.
 *
 * <p>Source: "Select", Query, API Reference.
 */
record Selection(List<Projection> projection, boolean fetching, boolean countOnly) {
    /** @throws Fault ValidationException where the three do not fit together */
    static Selection of(
            Structure request, Optional<Projection> projection, PageReader.Target target, Condition filter) {
        Optional<String> select = Expressions.member(request, "Select");
        String kind = select.orElse(projection.isPresent() ? "SPECIFIC_ATTRIBUTES" : "default");
        String parameter = request.get("AttributesToGet").isPresent() ? "AttributesToGet" : "ProjectionExpression";
        if (projection.isPresent() && !kind.equals("SPECIFIC_ATTRIBUTES")) {
            throw Faults.validation("Cannot specify the " + parameter + " when choosing to get "
                    + switch (kind) {
                        case "COUNT" -> "only the Count";
                        case "ALL_ATTRIBUTES" -> "ALL_ATTRIBUTES";
                        default -> "ALL_PROJECTED_ATTRIBUTES";
                    });
        }
        if (projection.isEmpty() && kind.equals("SPECIFIC_ATTRIBUTES")) {
            throw Faults.validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                    + " SPECIFIC_ATTRIBUTES");
        }
        if (target.onlyIndex().isEmpty() && kind.equals("ALL_PROJECTED_ATTRIBUTES")) {
            throw Faults.validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
        boolean fetching = target.onlyIndex()
                .map(index -> needsTable(kind, index, target.table(), wanted(projection, filter)))
                .orElse(false);
        return new Selection(projection.map(List::of).orElse(List.of()), fetching, kind.equals("COUNT"));
    }

    /** The attributes asked for by name, in the projection or the filter. */
    private static List<String> wanted(Optional<Projection> projection, Condition filter) {
        List<String> names = new ArrayList<>();
        projection.ifPresent(
                parts -> parts.paths().stream().map(Path::attribute).forEach(names::add));
        filter.paths().stream().map(Path::attribute).forEach(names::add);
        return names.stream().distinct().toList();
    }

    /** Whether an index lacks what is asked for. A global one may not: it has no way to the table. */
    private static boolean needsTable(String kind, SecondaryIndex index, Table table, List<String> wanted) {
        if (index.projected() == SecondaryIndex.Projected.ALL) {
            return false;
        }
        if (kind.equals("ALL_ATTRIBUTES")) {
            if (index.global()) {
                throw Faults.validation("One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not"
                        + " supported for global secondary index " + index.name()
                        + " because its projection type is not ALL");
            }
            return true;
        }
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(table.key().names());
        missing.removeAll(index.key().names());
        missing.removeAll(index.included());
        if (index.global() && !missing.isEmpty()) {
            throw Faults.validation("One or more parameter values were invalid: Global secondary index " + index.name()
                    + " does not project [" + String.join(", ", missing) + "]");
        }
        return !missing.isEmpty();
    }
}
