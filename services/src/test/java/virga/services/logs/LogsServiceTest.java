package virga.services.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.model.logs.CreateLogGroupRequest;
import virga.model.logs.CreateLogStreamRequest;
import virga.model.logs.DescribeLogGroupsRequest;
import virga.model.logs.FilterLogEventsRequest;
import virga.model.logs.FilteredLogEvent;
import virga.model.logs.GetLogEventsRequest;
import virga.model.logs.InputLogEvent;
import virga.model.logs.ListTagsForResourceRequest;
import virga.model.logs.Logs;
import virga.model.logs.OutputLogEvent;
import virga.model.logs.PutLogEventsRequest;
import virga.model.logs.PutRetentionPolicyRequest;
import virga.observe.Observatory;
import virga.observe.Retention;

final class LogsServiceTest {
    private final TestingCloud cloud = new TestingCloud(new LogsService(new Observatory(Retention.DEFAULT)));

    @AfterEach
    void close() {
        cloud.close();
    }

    private void put(String... messages) {
        cloud.call(
                Logs.CREATE_LOG_GROUP,
                CreateLogGroupRequest.builder()
                        .logGroupName("/app")
                        .tags(Map.of("team", "shop"))
                        .build());
        cloud.call(
                Logs.CREATE_LOG_STREAM,
                CreateLogStreamRequest.builder()
                        .logGroupName("/app")
                        .logStreamName("one")
                        .build());
        long now = cloud.environment().ports().clock().now().toEpochMilli();
        cloud.call(
                Logs.PUT_LOG_EVENTS,
                PutLogEventsRequest.builder()
                        .logGroupName("/app")
                        .logStreamName("one")
                        .logEvents(java.util.stream.Stream.of(messages)
                                .map(message -> InputLogEvent.builder()
                                        .timestamp(now)
                                        .message(message)
                                        .build())
                                .toList())
                        .build());
    }

    @Test
    void whatIsPutIsRead() {
        put("first", "second");
        assertThat(cloud.call(
                                Logs.GET_LOG_EVENTS,
                                GetLogEventsRequest.builder()
                                        .logGroupName("/app")
                                        .logStreamName("one")
                                        .startFromHead(true)
                                        .build())
                        .events())
                .extracting(OutputLogEvent::message)
                .containsExactly(java.util.Optional.of("first"), java.util.Optional.of("second"));
    }

    @Test
    void aPatternFindsItsEvents() {
        put("ERROR no stock", "INFO fine", "{\"level\":\"ERROR\",\"ms\":7}");
        assertThat(filter("ERROR")).hasSize(2);
        assertThat(filter("{ $.ms > 5 }")).hasSize(1);
        assertThat(filter("?fine ?stock")).hasSize(2);
    }

    private List<FilteredLogEvent> filter(String pattern) {
        return cloud.call(
                        Logs.FILTER_LOG_EVENTS,
                        FilterLogEventsRequest.builder()
                                .logGroupName("/app")
                                .filterPattern(pattern)
                                .build())
                .events();
    }

    @Test
    void aGroupShowsItsRetentionAndTags() {
        put("x");
        cloud.call(
                Logs.PUT_RETENTION_POLICY,
                PutRetentionPolicyRequest.builder()
                        .logGroupName("/app")
                        .retentionInDays(7)
                        .build());
        var group = cloud.call(
                        Logs.DESCRIBE_LOG_GROUPS,
                        DescribeLogGroupsRequest.builder().build())
                .logGroups()
                .getFirst();
        assertThat(group.retentionInDays()).contains(7);
        assertThat(cloud.call(
                                Logs.LIST_TAGS_FOR_RESOURCE,
                                ListTagsForResourceRequest.builder()
                                        .resourceArn(group.logGroupArn().orElseThrow())
                                        .build())
                        .tags())
                .isEqualTo(Map.of("team", "shop"));
    }

    @Test
    void aGroupThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> filter("x"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("ResourceNotFoundException"));
    }
}
