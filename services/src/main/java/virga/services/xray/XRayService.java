package virga.services.xray;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.Exchange;
import virga.cloud.Service;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.model.xray.BatchGetTracesRequest;
import virga.model.xray.BatchGetTracesResult;
import virga.model.xray.Edge;
import virga.model.xray.EdgeStatistics;
import virga.model.xray.ErrorStatistics;
import virga.model.xray.FaultStatistics;
import virga.model.xray.GetServiceGraphRequest;
import virga.model.xray.GetServiceGraphResult;
import virga.model.xray.GetTraceSummariesRequest;
import virga.model.xray.GetTraceSummariesResult;
import virga.model.xray.Http;
import virga.model.xray.ResourceARNDetail;
import virga.model.xray.Segment;
import virga.model.xray.ServiceId;
import virga.model.xray.ServiceStatistics;
import virga.model.xray.Trace;
import virga.model.xray.XRay;
import virga.observe.Observatory;
import virga.observe.lineage.Lineage;
import virga.observe.map.ServiceMap;
import virga.observe.metrics.Traffic;
import virga.observe.xray.Segments;
import virga.observe.xray.ServiceGraph;
import virga.observe.xray.TraceSummary;

/** AWS X-Ray. */
public final class XRayService implements Service {
    private static final Duration LONGEST_RANGE = Duration.ofHours(6);
    private static final int MOST_SUMMARIES = 1000;

    private final Observatory observatory;

    public XRayService(Observatory observatory) {
        this.observatory = observatory;
    }

    @Override
    public ServiceModel model() {
        return XRay.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "GetTraceSummaries.Sampling",
                "GetTraceSummaries.SamplingStrategy",
                "GetTraceSummaries.TimeRangeType=TraceId");
    }

    @Override
    public void bind(Binder binder) {
        binder.conversation(XRay.GET_TRACE_SUMMARIES, this::summaries);
        binder.conversation(XRay.BATCH_GET_TRACES, this::traces);
        binder.conversation(XRay.GET_SERVICE_GRAPH, this::graph);
    }

    private GetTraceSummariesResult summaries(Call call, GetTraceSummariesRequest input, Exchange exchange) {
        if (input.filterExpression().filter(expression -> !expression.isBlank()).isPresent()) {
            throw Fault.unsupported("xray:GetTraceSummaries/FilterExpression");
        }
        requireRange(input.startTime(), input.endTime());
        List<TraceSummary> found = observatory
                .of(exchange.name())
                .read(records -> TraceSummary.all(records, input.startTime(), input.endTime(), MOST_SUMMARIES));
        return GetTraceSummariesResult.builder()
                .traceSummaries(found.stream().map(XRayService::shown).toList())
                .tracesProcessedCount((long) found.size())
                .approximateTime(call.at())
                .build();
    }

    private static void requireRange(Instant start, Instant end) {
        if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST_RANGE) > 0) {
            throw new Fault(
                    "InvalidRequestException",
                    400,
                    "The time range cannot be longer than 6 hours and must begin before it ends.");
        }
    }

    private static virga.model.xray.TraceSummary shown(TraceSummary summary) {
        return virga.model.xray.TraceSummary.builder()
                .id(summary.traceId())
                .startTime(summary.startedAt())
                .duration(seconds(summary.duration()))
                .responseTime(seconds(summary.responseTime()))
                .hasError(summary.error())
                .hasFault(summary.fault())
                .hasThrottle(summary.throttle())
                .isPartial(summary.partial())
                .http(
                        summary.method().isEmpty()
                                ? null
                                : Http.builder()
                                        .httpMethod(summary.method())
                                        .httpURL(summary.url())
                                        .httpStatus(summary.status())
                                        .build())
                .serviceIds(summary.services().stream().map(XRayService::shown).toList())
                .entryPoint(
                        summary.services().isEmpty()
                                ? null
                                : shown(summary.services().getFirst()))
                .resourceARNs(summary.resourceArns().stream()
                        .map(arn -> ResourceARNDetail.builder().arn(arn).build())
                        .toList())
                .build();
    }

    private static ServiceId shown(TraceSummary.ServiceId id) {
        return ServiceId.builder()
                .name(id.name())
                .names(List.of(id.name()))
                .type(id.type())
                .accountId(id.accountId())
                .build();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private BatchGetTracesResult traces(Call call, BatchGetTracesRequest input, Exchange exchange) {
        List<Trace> traces = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : input.traceIds()) {
            Optional<Lineage> lineage = observatory.of(exchange.name()).read(records -> Lineage.of(records, id));
            if (lineage.isEmpty()) {
                missing.add(id);
                continue;
            }
            traces.add(Trace.builder()
                    .id(id)
                    .duration(seconds(TraceSummary.of(lineage.get()).duration()))
                    .limitExceeded(false)
                    .segments(Segments.of(lineage.get()).stream()
                            .map(segment -> Segment.builder()
                                    .id(segment.id())
                                    .document(segment.document())
                                    .build())
                            .toList())
                    .build());
        }
        return BatchGetTracesResult.builder()
                .traces(traces)
                .unprocessedTraceIds(missing)
                .build();
    }

    private GetServiceGraphResult graph(Call call, GetServiceGraphRequest input, Exchange exchange) {
        if (input.groupName().isPresent() || input.groupARN().isPresent()) {
            throw Fault.unsupported("xray:GetServiceGraph/GroupName");
        }
        requireRange(input.startTime(), input.endTime());
        ServiceGraph graph = observatory
                .of(exchange.name())
                .read(records -> ServiceGraph.of(ServiceMap.of(records, input.startTime(), input.endTime())));
        return GetServiceGraphResult.builder()
                .startTime(graph.startTime())
                .endTime(graph.endTime())
                .containsOldGroupVersions(false)
                .services(graph.services().stream().map(XRayService::shown).toList())
                .build();
    }

    private static virga.model.xray.Service shown(ServiceGraph.Service service) {
        Traffic traffic = service.traffic();
        return virga.model.xray.Service.builder()
                .referenceId(service.referenceId())
                .name(service.name())
                .names(List.of(service.name()))
                .type(service.type())
                .root(service.root())
                .state("active")
                .summaryStatistics(ServiceStatistics.builder()
                        .okCount(traffic.succeeded())
                        .errorStatistics(errors(traffic))
                        .faultStatistics(faults(traffic))
                        .totalCount(traffic.calls())
                        .totalResponseTime(traffic.latency().totalNanos() / 1e9)
                        .build())
                .edges(service.edges().stream().map(XRayService::shown).toList())
                .build();
    }

    private static Edge shown(ServiceGraph.Edge edge) {
        Traffic traffic = edge.traffic();
        return Edge.builder()
                .referenceId(edge.referenceId())
                .summaryStatistics(EdgeStatistics.builder()
                        .okCount(traffic.succeeded())
                        .errorStatistics(errors(traffic))
                        .faultStatistics(faults(traffic))
                        .totalCount(traffic.calls())
                        .totalResponseTime(traffic.latency().totalNanos() / 1e9)
                        .build())
                .build();
    }

    private static ErrorStatistics errors(Traffic traffic) {
        return ErrorStatistics.builder()
                .throttleCount(traffic.throttles())
                .otherCount(traffic.errors() - traffic.throttles())
                .totalCount(traffic.errors())
                .build();
    }

    private static FaultStatistics faults(Traffic traffic) {
        return FaultStatistics.builder()
                .otherCount(traffic.faults())
                .totalCount(traffic.faults())
                .build();
    }
}
