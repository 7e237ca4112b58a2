package virga.observe.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.observe.Names;
import virga.observe.Resource;
import virga.observe.cost.Cost;
import virga.observe.cost.PriceList;
import virga.observe.json.Json;
import virga.observe.lineage.Lineage;
import virga.observe.lineage.LineageNode;
import virga.observe.logs.LogEvent;

/**
 * A lineage as it is shown: every record with its place in time and its cost. Terminal, console and JSON all show this.
 *
 * @param roots normally one: the outside request
 * @param total of everything, once
 * @param unwritten causes of which nothing is kept: still running, or trimmed
 */
public record TraceView(
        String traceId,
        Instant startedAt,
        Duration duration,
        List<Node> roots,
        Cost total,
        SortedSet<String> unwritten,
        boolean truncated) {
    /**
     * One record.
     *
     * @param name what was done: {@code POST /orders}, {@code SendMessage}, the function's name
     * @param target the resource it was done to, as short as it can be named; may be empty
     * @param resource its whole ARN; empty where the record names none
     * @param via the way it came: {@code client}, {@code sqs}, ...
     * @param offsetNanos from the trace's start
     * @param costPerMillion dollars for a million of this record with its log lines
     * @param message the error's, or empty
     * @param repeated it stands elsewhere in full
     * @param entries events in the batch, 1 for a single one
     */
    public record Node(
            String id,
            CallRecord.Kind kind,
            String service,
            String name,
            String target,
            String resource,
            String via,
            long offsetNanos,
            long durationNanos,
            BigDecimal costPerMillion,
            String outcome,
            int status,
            String message,
            ColdStart coldStart,
            long entries,
            boolean repeated,
            List<LogEvent> logs,
            List<Node> children) {
        public boolean failed() {
            return !outcome.equals("ok");
        }
    }

    /** Where a cold start's time went, nanoseconds; all zero for a warm start. */
    public record ColdStart(long initNanos, long unpackNanos, long processNanos, long handlerNanos) {
        public boolean isCold() {
            return initNanos > 0;
        }
    }

    public static TraceView of(Lineage lineage, PriceList prices) {
        return of(lineage, prices, Names.OF_ARNS);
    }

    /** @param names what to call the resources */
    public static TraceView of(Lineage lineage, PriceList prices, Names names) {
        Instant start = lineage.startedAt();
        List<Node> roots = lineage.roots().stream()
                .map(root -> node(root, start, prices, names))
                .toList();
        return new TraceView(
                lineage.traceId(),
                start,
                lineage.duration(),
                roots,
                Cost.of(lineage, prices),
                lineage.unwritten(),
                lineage.truncated());
    }

    /** This view as JSON: times in ISO 8601, durations in milliseconds, dollars as exact decimals. */
    public Json json() {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("traceId", traceId);
        fields.put("startedAt", startedAt.toString());
        fields.put("durationMillis", millis(duration.toNanos()));
        fields.put("dollars", total.total().stripTrailingZeros());
        fields.put("observingDollars", total.observing().stripTrailingZeros());
        fields.put("unpriced", List.copyOf(total.unpriced()));
        fields.put("unwritten", List.copyOf(unwritten));
        fields.put("truncated", truncated);
        fields.put("roots", roots.stream().map(TraceView::json).toList());
        return Json.of(fields);
    }

    private static Json json(Node node) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", node.id);
        fields.put("kind", node.kind.name());
        fields.put("service", node.service);
        fields.put("name", node.name);
        fields.put("target", node.target);
        fields.put("resource", node.resource);
        fields.put("via", node.via);
        fields.put("offsetMillis", millis(node.offsetNanos));
        fields.put("durationMillis", millis(node.durationNanos));
        fields.put("dollarsPerMillion", node.costPerMillion.stripTrailingZeros());
        fields.put("outcome", node.outcome);
        fields.put("status", node.status);
        fields.put("message", node.message);
        fields.put("entries", node.entries);
        fields.put("repeated", node.repeated);
        if (node.coldStart.isCold()) {
            SequencedMap<String, Object> cold = new LinkedHashMap<>();
            cold.put("initMillis", millis(node.coldStart.initNanos));
            cold.put("unpackMillis", millis(node.coldStart.unpackNanos));
            cold.put("processMillis", millis(node.coldStart.processNanos));
            cold.put("handlerMillis", millis(node.coldStart.handlerNanos));
            fields.put("coldStart", cold);
        }
        fields.put("logs", node.logs.stream().map(TraceView::json).toList());
        fields.put("children", node.children.stream().map(TraceView::json).toList());
        return Json.of(fields);
    }

    private static Json json(LogEvent event) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", event.at().toString());
        fields.put("message", event.message());
        return Json.of(fields);
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos).movePointLeft(6).stripTrailingZeros();
    }

    private static Node node(LineageNode node, Instant start, PriceList prices, Names names) {
        CallRecord record = node.record();
        boolean function = record.kind() == CallRecord.Kind.INVOCATION;
        String target = target(record, names);
        return new Node(
                record.id(),
                record.kind(),
                record.service(),
                function && !target.isEmpty() ? target : record.operation(),
                function ? "" : target,
                record.resources().stream().filter(Arn::isArn).findFirst().orElse(""),
                record.cause().via(),
                Duration.between(start, record.startedAt()).toNanos(),
                record.durationNanos(),
                Cost.of(node, prices).perMillion(),
                record.outcome(),
                record.status(),
                node.message(),
                coldStart(record),
                Math.max(record.causes().size(), number(record, Details.ENTRIES)),
                node.repeated(),
                node.logs(),
                node.children().stream()
                        .map(child -> node(child, start, prices, names))
                        .toList());
    }

    private static String target(CallRecord record, Names names) {
        if (record.resources().isEmpty()) {
            return "";
        }
        String first = record.resources().getFirst();
        if (!Arn.isArn(first)) {
            return first.equals("*") ? "" : first;
        }
        Arn arn = Arn.parse(first);
        Resource resource = Resource.of(arn);
        Optional<String> shown = names.find(resource).map(Names.Name::shown);
        return switch (arn.service()) {
            // An object is named with its bucket, a function without its version.
            case "s3" ->
                shown.map(bucket -> bucket
                                + arn.resource().substring(resource.name().length()))
                        .orElse(arn.resource());
            case "lambda" ->
                shown.orElseGet(() -> {
                    String[] parts = arn.resource().split(":");
                    return parts.length > 1 ? parts[1] : arn.resource();
                });
            default -> shown.orElse(arn.name());
        };
    }

    private static ColdStart coldStart(CallRecord record) {
        return new ColdStart(
                number(record, Details.INIT_NANOS),
                number(record, Details.UNPACK_NANOS),
                number(record, Details.PROCESS_NANOS),
                number(record, Details.HANDLER_NANOS));
    }

    private static long number(CallRecord record, String detail) {
        return Long.parseLong(record.details().getOrDefault(detail, "0"));
    }
}
