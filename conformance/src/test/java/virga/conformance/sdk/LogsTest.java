package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, Amazon CloudWatch Logs API Reference; "Filter pattern syntax", CloudWatch Logs User Guide. */
@ExtendWith(Accounts.class)
final class LogsTest {
    /** A group of a test's own with one stream. */
    private record Group(CloudWatchLogsClient logs, String name, String stream) {
        static Group in(Account account) {
            CloudWatchLogsClient logs = account.client(CloudWatchLogsClient.builder());
            String name = group(account, logs, "group");
            logs.createLogStream(request -> request.logGroupName(name).logStreamName("stream"));
            return new Group(logs, name, "stream");
        }

        /** Lines of the last minute, a millisecond apart. */
        void put(List<String> lines) {
            long first = Instant.now().minus(Duration.ofMinutes(1)).toEpochMilli();
            logs.putLogEvents(request -> request.logGroupName(name)
                    .logStreamName(stream)
                    .logEvents(IntStream.range(0, lines.size())
                            .mapToObj(i -> InputLogEvent.builder()
                                    .timestamp(first + i)
                                    .message(lines.get(i))
                                    .build())
                            .toList()));
        }

        List<String> matching(String pattern) {
            return logs.filterLogEvents(request -> request.logGroupName(name).filterPattern(pattern)).events().stream()
                    .map(FilteredLogEvent::message)
                    .toList();
        }
    }

    private static String group(Account account, CloudWatchLogsClient logs, String purpose) {
        String name = account.name(purpose);
        logs.createLogGroup(request -> request.logGroupName(name).tags(Map.of("stage", "test")));
        account.afterwards(() -> logs.deleteLogGroup(request -> request.logGroupName(name)));
        return name;
    }

    @Test
    void groupsAreListedPageByPage(Account account) {
        CloudWatchLogsClient logs = account.client(CloudWatchLogsClient.builder());
        List<String> names = IntStream.range(0, 3)
                .mapToObj(i -> group(account, logs, "page-" + i))
                .toList();
        var pages = logs.describeLogGroupsPaginator(
                request -> request.logGroupNamePrefix(account.name("page-")).limit(2));
        assertThat(pages.logGroups()).extracting(LogGroup::logGroupName).isEqualTo(names);
        assertThat(pages.stream().count()).isEqualTo(2);
        assertThat(pages.logGroups())
                .allSatisfy(group -> assertThat(group.arn()).isEqualTo(group.logGroupArn() + ":*"));
    }

    @Test
    void aGroupKeepsItsEventsAsLongAsItIsTold(Account account) {
        Group group = Group.in(account);
        group.logs()
                .putRetentionPolicy(
                        request -> request.logGroupName(group.name()).retentionInDays(7));
        assertThat(group(group).retentionInDays()).isEqualTo(7);
        group.logs().deleteRetentionPolicy(request -> request.logGroupName(group.name()));
        assertThat(group(group).retentionInDays()).isNull();
        Refused.with(
                InvalidParameterException.class,
                "InvalidParameterException",
                400,
                "retentionInDays",
                () -> group.logs()
                        .putRetentionPolicy(
                                request -> request.logGroupName(group.name()).retentionInDays(2)));
    }

    private static LogGroup group(Group group) {
        return group.logs()
                .describeLogGroups(request -> request.logGroupNamePrefix(group.name()))
                .logGroups()
                .getFirst();
    }

    @Test
    void tagsAreKept(Account account) {
        Group group = Group.in(account);
        String arn = group(group).logGroupArn();
        group.logs().tagResource(request -> request.resourceArn(arn).tags(Map.of("team", "weather")));
        group.logs().untagResource(request -> request.resourceArn(arn).tagKeys("stage"));
        assertThat(group.logs()
                        .listTagsForResource(request -> request.resourceArn(arn))
                        .tags())
                .isEqualTo(Map.of("team", "weather"));
    }

    @Test
    void streamsAreListedByNameAndByTheirLatestEvent(Account account) {
        Group group = Group.in(account);
        for (String name : List.of("b", "a")) {
            group.logs()
                    .createLogStream(
                            request -> request.logGroupName(group.name()).logStreamName(name));
        }
        group.put(List.of("drop"));
        var pages = group.logs()
                .describeLogStreamsPaginator(
                        request -> request.logGroupName(group.name()).limit(2));
        assertThat(pages.logStreams()).extracting(LogStream::logStreamName).containsExactly("a", "b", "stream");
        assertThat(pages.stream().count()).isEqualTo(2);
        assertThat(account.eventually(
                                () -> group.logs()
                                        .describeLogStreams(request -> request.logGroupName(group.name())
                                                .orderBy("LastEventTime")
                                                .descending(true))
                                        .logStreams(),
                                streams -> streams.getFirst().lastEventTimestamp() != null)
                        .getFirst()
                        .logStreamName())
                .isEqualTo("stream");
        group.logs()
                .deleteLogStream(request -> request.logGroupName(group.name()).logStreamName("b"));
        assertThat(group.logs()
                        .describeLogStreams(
                                request -> request.logGroupName(group.name()).logStreamNamePrefix("b"))
                        .logStreams())
                .isEmpty();
    }

    @Test
    void eventsAreReadForthAndBack(Account account) {
        Group group = Group.in(account);
        group.put(List.of("one", "two", "three"));
        var head = read(group, 2, true, null);
        assertThat(head.events()).extracting(OutputLogEvent::message).containsExactly("one", "two");
        var on = read(group, 2, true, head.nextForwardToken());
        assertThat(on.events()).extracting(OutputLogEvent::message).containsExactly("three");
        var end = read(group, 2, true, on.nextForwardToken());
        assertThat(end.events()).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(on.nextForwardToken());
        var back = read(group, 2, true, on.nextBackwardToken());
        assertThat(back.events()).extracting(OutputLogEvent::message).containsExactly("one", "two");
        assertThat(read(group, 2, false, null).events())
                .extracting(OutputLogEvent::message)
                .containsExactly("two", "three");
        Refused.with(
                InvalidParameterException.class,
                "InvalidParameterException",
                400,
                "The specified nextToken is invalid.",
                () -> read(group, 2, true, "no page gave this"));
    }

    private static GetLogEventsResponse read(Group group, int limit, boolean fromHead, String token) {
        return group.logs()
                .getLogEvents(request -> request.logGroupName(group.name())
                        .logStreamName(group.stream())
                        .limit(limit)
                        .startFromHead(fromHead)
                        .nextToken(token));
    }

    @Test
    void aPatternOfWordsFilters(Account account) {
        Group group = Group.in(account);
        group.put(List.of("ERROR no rain", "ERROR no sun", "INFO rain", "WARN [404] rain"));
        assertThat(group.matching("ERROR")).containsExactly("ERROR no rain", "ERROR no sun");
        assertThat(group.matching("ERROR rain")).containsExactly("ERROR no rain");
        assertThat(group.matching("?ERROR ?WARN")).containsExactly("ERROR no rain", "ERROR no sun", "WARN [404] rain");
        assertThat(group.matching("ERROR -sun")).containsExactly("ERROR no rain");
        assertThat(group.matching("\"no rain\"")).containsExactly("ERROR no rain");
        assertThat(group.matching("")).hasSize(4);
    }

    @Test
    void aPatternOverJsonFilters(Account account) {
        Group group = Group.in(account);
        String wet = "{\"where\":\"hills\",\"rain\":{\"mm\":12},\"tags\":[\"wet\",\"cold\"]}";
        String dry = "{\"where\":\"coast\",\"rain\":{\"mm\":0},\"error\":null}";
        group.put(List.of(wet, dry, "no json"));
        assertThat(group.matching("{ $.rain.mm > 10 }")).containsExactly(wet);
        assertThat(group.matching("{ $.where = \"c*\" }")).containsExactly(dry);
        assertThat(group.matching("{ $.tags[1] = \"cold\" }")).containsExactly(wet);
        assertThat(group.matching("{ $.error IS NULL }")).containsExactly(dry);
        assertThat(group.matching("{ $.rain.mm = 0 || $.where = \"hills\" }")).containsExactly(wet, dry);
        Refused.with(
                InvalidParameterException.class,
                "InvalidParameterException",
                400,
                "Invalid filter pattern",
                () -> group.matching("{ $.rain.mm > }"));
    }

    @Test
    void aSearchGoesOnWhereItStopped(Account account) {
        Group group = Group.in(account);
        group.put(List.of("rain 1", "sun 1", "rain 2", "rain 3"));
        var pages = group.logs()
                .filterLogEventsPaginator(request ->
                        request.logGroupName(group.name()).filterPattern("rain").limit(2));
        assertThat(pages.events()).extracting(FilteredLogEvent::message).containsExactly("rain 1", "rain 2", "rain 3");
        assertThat(pages.events()).extracting(FilteredLogEvent::eventId).doesNotHaveDuplicates();
        assertThat(group.logs()
                        .filterLogEvents(
                                request -> request.logGroupName(group.name()).logStreamNamePrefix("other"))
                        .events())
                .isEmpty();
    }

    @Test
    void eventsThatAreTooOldOrTooNewAreTold(Account account) {
        Group group = Group.in(account);
        Instant now = Instant.now();
        var rejected = put(
                        group,
                        event(now.minus(Duration.ofDays(15)), "old"),
                        event(now, "now"),
                        event(now.plus(Duration.ofHours(3)), "early"))
                .rejectedLogEventsInfo();
        assertThat(rejected.tooOldLogEventEndIndex()).isEqualTo(1);
        assertThat(rejected.tooNewLogEventStartIndex()).isEqualTo(2);
        assertThat(group.matching("")).containsExactly("now");
        Refused.with(
                InvalidParameterException.class,
                "InvalidParameterException",
                400,
                "chronological order",
                () -> put(group, event(now, "second"), event(now.minusSeconds(1), "first")));
        Refused.with(
                InvalidParameterException.class,
                "InvalidParameterException",
                400,
                "24 hours",
                () -> put(group, event(now.minus(Duration.ofHours(25)), "yesterday"), event(now, "now")));
    }

    private static PutLogEventsResponse put(Group group, InputLogEvent... events) {
        return group.logs()
                .putLogEvents(request -> request.logGroupName(group.name())
                        .logStreamName(group.stream())
                        .logEvents(events));
    }

    private static InputLogEvent event(Instant at, String message) {
        return InputLogEvent.builder()
                .timestamp(at.toEpochMilli())
                .message(message)
                .build();
    }

    @Test
    void whatIsThereOrIsNotThereIsRefused(Account account) {
        Group group = Group.in(account);
        Refused.with(
                ResourceAlreadyExistsException.class,
                "ResourceAlreadyExistsException",
                400,
                "The specified log group already exists",
                () -> group.logs().createLogGroup(request -> request.logGroupName(group.name())));
        Refused.with(
                ResourceAlreadyExistsException.class,
                "ResourceAlreadyExistsException",
                400,
                "The specified log stream already exists",
                () -> group.logs()
                        .createLogStream(
                                request -> request.logGroupName(group.name()).logStreamName("stream")));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "The specified log group does not exist.",
                () -> group.logs().deleteLogGroup(request -> request.logGroupName(account.name("gone"))));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "The specified log stream does not exist.",
                () -> group.logs()
                        .getLogEvents(
                                request -> request.logGroupName(group.name()).logStreamName("gone")));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "The specified log group does not exist.",
                () -> group.logs().filterLogEvents(request -> request.logGroupName(account.name("gone"))));
    }

    @Test
    void aSubscriptionIsRefusedByName(Account account) {
        Group group = Group.in(account);
        Refused.with(
                CloudWatchLogsException.class,
                "NotImplemented",
                501,
                "DescribeSubscriptionFilters",
                () -> group.logs().describeSubscriptionFilters(request -> request.logGroupName(group.name())));
    }
}
