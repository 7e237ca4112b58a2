package virga.services.logs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.model.Unset;
import virga.model.logs.DescribeLogStreamsRequest;
import virga.model.logs.DescribeLogStreamsResponse;
import virga.model.logs.FilterLogEventsRequest;
import virga.model.logs.FilterLogEventsResponse;
import virga.model.logs.FilteredLogEvent;
import virga.model.logs.GetLogEventsRequest;
import virga.model.logs.GetLogEventsResponse;
import virga.model.logs.InputLogEvent;
import virga.model.logs.OutputLogEvent;
import virga.model.logs.PutLogEventsRequest;
import virga.model.logs.PutLogEventsResponse;
import virga.model.logs.RejectedLogEventsInfo;
import virga.observe.Observatory;
import virga.observe.logs.FilterPattern;
import virga.observe.logs.LogLimits;
import virga.observe.logs.LogReader;
import virga.observe.logs.LogStream;
import virga.observe.logs.LogWriter;

/**
 * Log events: put, read and searched. Who reads sees everything that functions had written before: what is still on its way to the store
 * is waited for.
 */
final class LogEvents {
    private static final int MOST = 10_000;
    private static final int STREAMS = 50;
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private final Observatory observatory;

    LogEvents(Observatory observatory) {
        this.observatory = observatory;
    }

    PutLogEventsResponse put(Call call, PutLogEventsRequest input, UnitOfWork work) {
        List<LogWriter.Line> lines = input.logEvents().stream()
                .map(event -> new LogWriter.Line(Instant.ofEpochMilli(event.timestamp()), event.message(), ""))
                .toList();
        LogWriter.Rejected rejected = new LogWriter(work, call.scope(), work.now())
                .put(input.logGroupName(), input.logStreamName(), lines, LogLimits.AWS);
        work.detail(
                Details.BYTES,
                Long.toString(
                        input.logEvents().stream().mapToLong(LogEvents::bytes).sum()));
        PutLogEventsResponse.Builder answer =
                PutLogEventsResponse.builder().nextSequenceToken(work.ids().hex(56));
        if (!rejected.equals(LogWriter.Rejected.NONE)) {
            answer.rejectedLogEventsInfo(RejectedLogEventsInfo.builder()
                    .tooOldLogEventEndIndex(rejected.tooOldEnd() < 0 ? null : rejected.tooOldEnd())
                    .expiredLogEventEndIndex(rejected.expiredEnd() < 0 ? null : rejected.expiredEnd())
                    .tooNewLogEventStartIndex(rejected.tooNewStart() < 0 ? null : rejected.tooNewStart())
                    .build());
        }
        return answer.build();
    }

    private static long bytes(InputLogEvent event) {
        return event.message().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                + virga.observe.logs.LogEvent.OVERHEAD_BYTES;
    }

    DescribeLogStreamsResponse streams(Call call, DescribeLogStreamsRequest input, Exchange exchange) {
        flush(exchange);
        String group = LogGroups.name(input.logGroupName(), input.logGroupIdentifier());
        boolean byTime = input.orderBy().filter("LastEventTime"::equals).isPresent();
        Comparator<LogStream> order =
                byTime ? Comparator.comparing(LogStream::lastEventAt) : Comparator.comparing(LogStream::name);
        int from = input.nextToken().map(Integer::parseInt).orElse(0);
        List<LogStream> all = exchange.read(reading -> {
            LogReader reader = new LogReader(reading, call.scope());
            reader.requireGroup(group);
            return reader.streams(group).stream()
                    .filter(stream ->
                            stream.name().startsWith(input.logStreamNamePrefix().orElse("")))
                    .sorted(input.descending().orElse(false) ? order.reversed() : order)
                    .toList();
        });
        int to = Math.min(all.size(), from + Math.min(input.limit().orElse(STREAMS), STREAMS));
        return DescribeLogStreamsResponse.builder()
                .logStreams(all.subList(Math.min(from, to), to).stream()
                        .map(stream -> shown(call, stream))
                        .toList())
                .nextToken(to < all.size() ? Integer.toString(to) : null)
                .build();
    }

    private static virga.model.logs.LogStream shown(Call call, LogStream stream) {
        boolean empty = stream.isEmpty();
        return virga.model.logs.LogStream.builder()
                .logStreamName(stream.name())
                .arn(Arn.of("logs", call.scope(), "log-group:" + stream.group() + ":log-stream:" + stream.name())
                        .toString())
                .creationTime(stream.createdAt().toEpochMilli())
                .firstEventTimestamp(empty ? null : stream.firstEventAt().toEpochMilli())
                .lastEventTimestamp(empty ? null : stream.lastEventAt().toEpochMilli())
                .lastIngestionTime(empty ? null : stream.lastIngestionAt().toEpochMilli())
                .storedBytes(0L)
                .build();
    }

    GetLogEventsResponse get(Call call, GetLogEventsRequest input, Exchange exchange) {
        flush(exchange);
        String group = LogGroups.name(input.logGroupName(), input.logGroupIdentifier());
        LogReader.PageRequest asked = new LogReader.PageRequest(
                Instant.ofEpochMilli(input.startTime().orElse(0L)),
                input.endTime().map(Instant::ofEpochMilli).orElse(END),
                input.limit().orElse(MOST),
                input.startFromHead().orElse(false),
                input.nextToken().orElse(""));
        LogReader.Page page = exchange.read(
                reading -> new LogReader(reading, call.scope()).page(group, input.logStreamName(), asked));
        return GetLogEventsResponse.builder()
                .events(page.events().stream()
                        .map(event -> OutputLogEvent.builder()
                                .timestamp(event.at().toEpochMilli())
                                .ingestionTime(event.ingestedAt().toEpochMilli())
                                .message(event.message())
                                .build())
                        .toList())
                .nextForwardToken(page.forwardToken())
                .nextBackwardToken(page.backwardToken())
                .build();
    }

    FilterLogEventsResponse filter(Call call, FilterLogEventsRequest input, Exchange exchange) {
        flush(exchange);
        String group = LogGroups.name(input.logGroupName(), input.logGroupIdentifier());
        LogReader.Search search = new LogReader.Search(
                Instant.ofEpochMilli(input.startTime().orElse(0L)),
                // The end is inclusive here, unlike everywhere else.
                input.endTime().map(end -> Instant.ofEpochMilli(end + 1)).orElse(END),
                new TreeSet<>(input.logStreamNames()),
                input.logStreamNamePrefix().orElse(""),
                FilterPattern.parse(input.filterPattern().orElse("")),
                input.limit().orElse(MOST),
                input.nextToken().orElse(""));
        LogReader.Filtered found = exchange.read(reading -> new LogReader(reading, call.scope()).filter(group, search));
        return FilterLogEventsResponse.builder()
                .events(found.events().stream()
                        .map(event -> FilteredLogEvent.builder()
                                .eventId(event.eventId())
                                .logStreamName(event.stream())
                                .timestamp(event.at().toEpochMilli())
                                .ingestionTime(event.ingestedAt().toEpochMilli())
                                .message(event.message())
                                .build())
                        .toList())
                .searchedLogStreams(List.of())
                .nextToken(Unset.ifEmpty(found.next()))
                .build();
    }

    private void flush(Exchange exchange) {
        observatory.find(exchange.name()).ifPresent(virga.observe.Records::flush);
    }
}
