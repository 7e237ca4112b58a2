package virga.services.logs;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.logs.CreateLogGroupRequest;
import virga.model.logs.CreateLogStreamRequest;
import virga.model.logs.DeleteLogGroupRequest;
import virga.model.logs.DeleteLogStreamRequest;
import virga.model.logs.DescribeLogGroupsRequest;
import virga.model.logs.DescribeLogGroupsResponse;
import virga.model.logs.ListTagsForResourceRequest;
import virga.model.logs.ListTagsForResourceResponse;
import virga.model.logs.TagResourceRequest;
import virga.model.logs.UntagResourceRequest;
import virga.observe.logs.LogGroup;
import virga.observe.logs.LogReader;
import virga.observe.logs.LogWriter;

/** Log groups and streams. A group's tags are among its properties, behind {@code tag:}. */
final class LogGroups {
    private static final String TAG = "tag:";
    private static final int PAGE = 50;

    /** A group is named by its name or its ARN. */
    static String name(Optional<String> name, Optional<String> identifier) {
        String given = identifier
                .or(() -> name)
                .orElseThrow(() -> new Fault(
                        "InvalidParameterException", 400, "Either logGroupName or logGroupIdentifier is required"));
        return Arn.isArn(given) ? fromArn(given) : given;
    }

    private static String fromArn(String arn) {
        String resource = Arn.parse(arn).resource();
        String name = resource.startsWith("log-group:") ? resource.substring("log-group:".length()) : resource;
        return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
    }

    private static LogWriter writer(Call call, UnitOfWork work) {
        return new LogWriter(work, call.scope(), work.now());
    }

    void create(Call call, CreateLogGroupRequest input, UnitOfWork work) {
        if (input.kmsKeyId().isPresent()) {
            throw Fault.unsupported("AWS::Logs::LogGroup/KmsKeyId");
        }
        if (input.logGroupClass().filter(name -> !name.equals("STANDARD")).isPresent()) {
            throw Fault.unsupported(
                    "AWS::Logs::LogGroup/LogGroupClass=" + input.logGroupClass().get());
        }
        if (input.deletionProtectionEnabled().orElse(false)) {
            throw Fault.unsupported("AWS::Logs::LogGroup/DeletionProtectionEnabled");
        }
        SortedMap<String, String> properties = new TreeMap<>();
        input.tags().forEach((key, value) -> properties.put(TAG + key, value));
        writer(call, work).createGroup(input.logGroupName(), properties);
    }

    void delete(Call call, DeleteLogGroupRequest input, UnitOfWork work) {
        writer(call, work).deleteGroup(input.logGroupName());
    }

    DescribeLogGroupsResponse describe(Call call, DescribeLogGroupsRequest input, UnitOfWork work) {
        if (input.logGroupNamePrefix().isPresent()
                && input.logGroupNamePattern().isPresent()) {
            throw new Fault(
                    "InvalidParameterException",
                    400,
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        String after = input.nextToken().orElse("");
        String pattern = input.logGroupNamePattern().orElse("").toLowerCase(java.util.Locale.ROOT);
        List<LogGroup> found = new LogReader(work, call.scope())
                .groups().stream()
                        .filter(group -> group.name()
                                .startsWith(input.logGroupNamePrefix().orElse("")))
                        .filter(group ->
                                group.name().toLowerCase(java.util.Locale.ROOT).contains(pattern))
                        .filter(group -> group.name().compareTo(after) > 0)
                        .toList();
        int most = input.limit().orElse(PAGE);
        List<LogGroup> page = found.subList(0, Math.min(most, found.size()));
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.stream().map(group -> shown(call, group)).toList())
                .nextToken(page.size() < found.size() ? page.getLast().name() : null)
                .build();
    }

    private static virga.model.logs.LogGroup shown(Call call, LogGroup group) {
        String arn = Arn.of("logs", call.scope(), "log-group:" + group.name()).toString();
        return virga.model.logs.LogGroup.builder()
                .logGroupName(group.name())
                .arn(arn + ":*")
                .logGroupArn(arn)
                .creationTime(group.createdAt().toEpochMilli())
                .retentionInDays(group.retentionDays() == 0 ? null : group.retentionDays())
                .storedBytes(group.storedBytes())
                .metricFilterCount(0)
                .logGroupClass("STANDARD")
                .build();
    }

    void retain(Call call, String name, int days, UnitOfWork work) {
        writer(call, work).retain(name, days);
    }

    void createStream(Call call, CreateLogStreamRequest input, UnitOfWork work) {
        writer(call, work).createStream(input.logGroupName(), input.logStreamName());
    }

    void deleteStream(Call call, DeleteLogStreamRequest input, UnitOfWork work) {
        writer(call, work).deleteStream(input.logGroupName(), input.logStreamName());
    }

    ListTagsForResourceResponse tags(Call call, ListTagsForResourceRequest input, UnitOfWork work) {
        SortedMap<String, String> tags = new TreeMap<>();
        group(call, input.resourceArn(), work).properties().forEach((key, value) -> {
            if (key.startsWith(TAG)) {
                tags.put(key.substring(TAG.length()), value);
            }
        });
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    void tag(Call call, TagResourceRequest input, UnitOfWork work) {
        LogGroup group = group(call, input.resourceArn(), work);
        SortedMap<String, String> properties = new TreeMap<>(group.properties());
        input.tags().forEach((key, value) -> properties.put(TAG + key, value));
        writer(call, work).changeProperties(group.name(), properties);
    }

    void untag(Call call, UntagResourceRequest input, UnitOfWork work) {
        LogGroup group = group(call, input.resourceArn(), work);
        SortedMap<String, String> properties = new TreeMap<>(group.properties());
        input.tagKeys().forEach(key -> properties.remove(TAG + key));
        writer(call, work).changeProperties(group.name(), properties);
    }

    private static LogGroup group(Call call, String arn, UnitOfWork work) {
        if (!Arn.isArn(arn)) {
            throw new Fault("InvalidParameterException", 400, "1 validation error detected: Invalid ARN: " + arn);
        }
        return new LogReader(work, call.scope()).requireGroup(fromArn(arn));
    }
}
