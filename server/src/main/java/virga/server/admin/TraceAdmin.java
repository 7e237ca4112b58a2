package virga.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import virga.kernel.Bug;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.observe.Names;
import virga.observe.Observatory;
import virga.observe.Records;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;
import virga.observe.map.Management;
import virga.observe.trace.Style;
import virga.observe.trace.TraceTree;
import virga.observe.trace.TraceView;
import virga.observe.xray.TraceSummary;
import virga.protocol.Parameters;
import virga.server.admin.AdminApi.Answer;

/** Traces: the latest ones in a list, one as a tree. */
final class TraceAdmin {
    private static final int STANDARD_LIST = 20;
    private static final int STANDARD_WIDTH = 120;

    private final Observatory observatory;
    private final DeployedNames names;

    TraceAdmin(Observatory observatory, DeployedNames names) {
        this.observatory = observatory;
        this.names = names;
    }

    /** @param parts {@code traces}, and an id or {@code last} */
    Answer answer(String environment, List<String> parts, Parameters parameters) {
        Records records = observatory
                .find(environment)
                .orElseThrow(() -> new Fault("EnvironmentNotFound", 404, "There is no environment " + environment));
        Names called = names.of(environment);
        if (parts.size() == 1) {
            int limit = number(parameters, "limit", STANDARD_LIST);
            boolean managing =
                    parameters.first("managing").filter("true"::equals).isPresent();
            return Answer.json(records.read(snapshot -> list(snapshot, called, limit, managing)));
        }
        String id = parts.get(1);
        return records.read(snapshot -> {
            Optional<Lineage> found = id.equals("last") ? last(snapshot) : Lineage.of(snapshot, id);
            Lineage lineage = found.orElseThrow(() -> new Fault(
                    "TraceNotFound",
                    404,
                    id.equals("last")
                            ? "Nothing has happened yet in environment " + environment
                            : "There is no trace or request " + id + " in environment " + environment
                                    + "; ./virga trace --list shows the latest"));
            return drawn(lineage, called, parameters);
        });
    }

    private static Answer drawn(Lineage lineage, Names names, Parameters parameters) {
        TraceView view = TraceView.of(lineage, PriceList.usEast1(), names);
        if (parameters.first("format").filter("json"::equals).isPresent()) {
            return new Answer("application/json", view.json().text());
        }
        Style style = parameters.first("style").filter("coloured"::equals).isPresent() ? Style.COLOURED : Style.PLAIN;
        boolean logs = parameters.first("logs").map(Boolean::parseBoolean).orElse(false);
        return Answer.text(TraceTree.draw(view, style, number(parameters, "width", STANDARD_WIDTH), logs));
    }

    /** The latest trace that an outside request to a user's API began; without one, the latest of all. */
    private static Optional<Lineage> last(Snapshot snapshot) {
        List<TraceSummary> latest = TraceSummary.all(snapshot, Instant.EPOCH, Instant.MAX, STANDARD_LIST);
        return latest.stream()
                .filter(summary -> !summary.method().isEmpty())
                .findFirst()
                .or(() -> latest.stream().findFirst())
                .flatMap(summary -> Lineage.of(snapshot, summary.traceId()));
    }

    /** @param managing also calls by which clients deploy a system or look at it */
    private static ArrayNode list(Snapshot snapshot, Names names, int limit, boolean managing) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Management management = Management.of(snapshot, Instant.EPOCH, Instant.MAX);
        for (TraceSummary summary : TraceSummary.all(
                snapshot, Instant.EPOCH, Instant.MAX, limit, first -> managing || !management.beganWith(first))) {
            CallRecord first = snapshot.ofTrace(summary.traceId())
                    .filter(record -> record.cause().isRoot())
                    .findFirst()
                    .orElseThrow(() -> new Bug("a trace without a beginning: " + summary.traceId()));
            list.addObject()
                    .put("id", summary.traceId())
                    .put("startedAt", summary.startedAt().toString())
                    .put("durationMillis", summary.duration().toMillis())
                    .put("method", summary.method())
                    .put("url", summary.url())
                    .put("service", first.service())
                    .put("name", first.operation())
                    .put("target", names.shown(Resource.of(first)))
                    .put("status", summary.status())
                    .put("error", summary.error() || summary.fault());
        }
        return list;
    }

    private static int number(Parameters parameters, String name, int otherwise) {
        Optional<String> text = parameters.first(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("\\d{1,4}")) {
            throw new Fault("InvalidRequest", 400, name + " must be a whole number, not " + text.get());
        }
        return Integer.parseInt(text.get());
    }
}
