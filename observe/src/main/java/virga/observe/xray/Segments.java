package virga.observe.xray;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import virga.kernel.Bug;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Details;
import virga.observe.Resource;
import virga.observe.json.Json;
import virga.observe.lineage.Lineage;
import virga.observe.lineage.LineageNode;
import virga.observe.metrics.Traffic;

/**
 * Turns a lineage into segment documents. A request, an invocation, a delivery and a client's own call are segments; what an
 * invocation calls is a subsegment of it, and what such a call brings about is a segment whose parent is that subsegment.
 */
public final class Segments {
    private final String traceId;
    private final List<Segment> found = new ArrayList<>();

    private Segments(String traceId) {
        this.traceId = traceId;
    }

    /**
     * One segment, as {@code BatchGetTraces} shows it.
     *
     * @param id 16 hexadecimal digits
     * @param document JSON
     */
    public record Segment(String id, String document) {}

    /** The segments of a lineage, parents before children. */
    public static List<Segment> of(Lineage lineage) {
        Segments segments = new Segments(lineage.traceId());
        lineage.roots().forEach(root -> segments.segment(root, parentOf(root.record(), lineage.traceId())));
        return segments.found;
    }

    /** The id of a record's segment or subsegment: the same for the same record, whenever it is asked. */
    public static String id(CallRecord record) {
        return hash(record.id() + "@" + record.startedAt());
    }

    /** A delivery is named after what delivered it; everything else after its resource. */
    static String name(CallRecord record) {
        return record.kind() == CallRecord.Kind.DELIVERY
                ? record.operation()
                : Resource.of(record).name();
    }

    /** Of a function X-Ray knows two nodes of one name: the service that took the call, and the function at work. */
    static String origin(CallRecord record) {
        if (record.kind() == CallRecord.Kind.CALL && record.service().equals("lambda")) {
            return "AWS::Lambda";
        }
        if (record.kind() != CallRecord.Kind.DELIVERY) {
            return origin(Resource.of(record), record.service());
        }
        return switch (record.service()) {
            case "events" -> "AWS::Events";
            case "sns" -> "AWS::SNS::Topic";
            case "scheduler" -> "AWS::Scheduler::Schedule";
            default -> "AWS::" + record.service();
        };
    }

    /** The segment type that X-Ray knows a resource by. */
    static String origin(Resource resource, String service) {
        return switch (resource.kind()) {
            case CLIENT -> "client";
            case API -> "AWS::ApiGateway::Stage";
            case FUNCTION -> "AWS::Lambda::Function";
            case QUEUE -> "AWS::SQS::Queue";
            case TOPIC -> "AWS::SNS::Topic";
            case BUS -> "AWS::Events";
            case SCHEDULE -> "AWS::Scheduler::Schedule";
            case TABLE -> "AWS::DynamoDB::Table";
            case BUCKET -> "AWS::S3::Bucket";
            case STATE_MACHINE -> "AWS::StepFunctions::StateMachine";
            case LOG_GROUP -> "AWS::Logs::LogGroup";
            case OTHER -> "AWS::" + service;
        };
    }

    private void segment(LineageNode node, String parent) {
        CallRecord record = node.record();
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id(record));
        fields.put("trace_id", traceId);
        if (!parent.isEmpty()) {
            fields.put("parent_id", parent);
        }
        fields.put("name", name(record));
        fields.put("origin", origin(record));
        describe(node, fields);
        links(record, fields);
        int place = found.size();
        List<Json> subsegments = new ArrayList<>();
        initialization(record, fields, subsegments);
        List<Runnable> later = new ArrayList<>();
        for (LineageNode child : node.children()) {
            below(child, id(record), subsegments, later);
        }
        if (!subsegments.isEmpty()) {
            fields.put("subsegments", subsegments);
        }
        found.add(place, new Segment(id(record), Json.of(fields).text()));
        later.forEach(Runnable::run);
    }

    /** A call is a subsegment; anything else a segment of its own, written after the one it hangs below. */
    private void below(LineageNode child, String parent, List<Json> subsegments, List<Runnable> later) {
        if (child.repeated()) {
            return;
        }
        CallRecord record = child.record();
        if (record.kind() != CallRecord.Kind.CALL) {
            later.add(() -> segment(child, parent));
            return;
        }
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id(record));
        fields.put("name", record.service());
        fields.put("namespace", "aws");
        describe(child, fields);
        List<Json> nested = new ArrayList<>();
        child.children().forEach(one -> below(one, id(record), nested, later));
        if (!nested.isEmpty()) {
            fields.put("subsegments", nested);
        }
        subsegments.add(Json.of(fields));
    }

    private static void describe(LineageNode node, SequencedMap<String, Object> fields) {
        CallRecord record = node.record();
        fields.put("start_time", seconds(record.startedAt()));
        fields.put("end_time", seconds(record.startedAt().plusNanos(record.durationNanos())));
        if (record.kind() == CallRecord.Kind.REQUEST) {
            String[] route = record.operation().split(" ", 2);
            SequencedMap<String, Object> request = new LinkedHashMap<>();
            request.put("method", route[0]);
            request.put("url", route.length == 2 ? route[1] : "/");
            fields.put("http", http(request, record.status()));
        } else if (record.kind() == CallRecord.Kind.CALL) {
            fields.put("http", http(new LinkedHashMap<>(), record.status()));
        }
        SequencedMap<String, Object> aws = new LinkedHashMap<>();
        aws.put("account_id", record.scope().account());
        aws.put("region", record.scope().region());
        aws.put("request_id", record.id());
        aws.put("operation", record.operation());
        if (!record.resources().isEmpty()) {
            aws.put(record.kind() == CallRecord.Kind.INVOCATION ? "function_arn" : "resource_names", names(record));
        }
        fields.put("aws", aws);
        if (Traffic.isFault(record)) {
            fields.put("fault", true);
        }
        if (Traffic.isError(record)) {
            fields.put("error", true);
        }
        if (Traffic.isThrottle(record)) {
            fields.put("throttle", true);
        }
        if (record.failed()) {
            fields.put("cause", cause(node));
        }
    }

    private static Object names(CallRecord record) {
        return record.kind() == CallRecord.Kind.INVOCATION ? record.resources().getFirst() : record.resources();
    }

    private static SequencedMap<String, Object> http(SequencedMap<String, Object> request, int status) {
        SequencedMap<String, Object> http = new LinkedHashMap<>();
        if (!request.isEmpty()) {
            http.put("request", request);
        }
        http.put("response", new LinkedHashMap<>(java.util.Map.of("status", status)));
        return http;
    }

    private static SequencedMap<String, Object> cause(LineageNode node) {
        CallRecord record = node.record();
        SequencedMap<String, Object> exception = new LinkedHashMap<>();
        exception.put("id", hash("exception of " + record.id() + "@" + record.startedAt()));
        exception.put("type", record.outcome());
        exception.put("message", node.message().isEmpty() ? record.outcome() : node.message());
        SequencedMap<String, Object> cause = new LinkedHashMap<>();
        cause.put("exceptions", List.of(exception));
        return cause;
    }

    /** As Lambda shows a cold start. */
    private static void initialization(CallRecord record, SequencedMap<String, Object> fields, List<Json> subsegments) {
        if (record.kind() != CallRecord.Kind.INVOCATION) {
            return;
        }
        long init = Long.parseLong(record.details().getOrDefault(Details.INIT_NANOS, "0"));
        fields.put("annotations", new LinkedHashMap<>(java.util.Map.of("aws_cold_start", init > 0)));
        if (init > 0) {
            SequencedMap<String, Object> start = new LinkedHashMap<>();
            start.put("id", hash("initialization of " + record.id() + "@" + record.startedAt()));
            start.put("name", "Initialization");
            start.put("start_time", seconds(record.startedAt()));
            start.put("end_time", seconds(record.startedAt().plusNanos(init)));
            subsegments.add(Json.of(start));
        }
    }

    /** The other traces that a batch belongs to. */
    private void links(CallRecord record, SequencedMap<String, Object> fields) {
        List<Object> links = new ArrayList<>();
        for (Cause cause : record.causes()) {
            if (!cause.traceId().equals(traceId)) {
                SequencedMap<String, Object> link = new LinkedHashMap<>();
                link.put("trace_id", cause.traceId());
                links.add(link);
            }
        }
        if (!links.isEmpty()) {
            fields.put("links", links);
        }
    }

    /** A root may have had a cause whose record is gone: it keeps a parent that is not there, as X-Ray does. */
    private static String parentOf(CallRecord record, String traceId) {
        return Stream.of(record.causes())
                .flatMap(List::stream)
                .filter(cause -> cause.traceId().equals(traceId) && !cause.isRoot())
                .findFirst()
                .map(cause -> hash(cause.parentId()))
                .orElse("");
    }

    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java has SHA-256", e);
        }
    }
}
