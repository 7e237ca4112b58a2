package virga.services.logs;

import java.util.List;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.logs.CreateLogGroupResponse;
import virga.model.logs.CreateLogStreamResponse;
import virga.model.logs.DeleteLogGroupResponse;
import virga.model.logs.DeleteLogStreamResponse;
import virga.model.logs.DeleteRetentionPolicyResponse;
import virga.model.logs.Logs;
import virga.model.logs.PutRetentionPolicyResponse;
import virga.model.logs.TagResourceResponse;
import virga.model.logs.UntagResourceResponse;
import virga.observe.Observatory;

/** Amazon CloudWatch Logs. */
public final class LogsService implements Service {
    private final Observatory observatory;

    public LogsService(Observatory observatory) {
        this.observatory = observatory;
    }

    @Override
    public ServiceModel model() {
        return Logs.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "DescribeLogGroups.accountIdentifiers",
                "DescribeLogGroups.includeLinkedAccounts",
                "DescribeLogGroups.logGroupClass=STANDARD",
                "DescribeLogGroups.logGroupIdentifiers",
                "PutLogEvents.entity");
    }

    @Override
    public void bind(Binder binder) {
        bindGroups(binder);
        bindEvents(binder);
        binder.provisioner(new LogGroupProvisioner());
    }

    private static void bindGroups(Binder binder) {
        LogGroups groups = new LogGroups();
        binder.atomic(Logs.CREATE_LOG_GROUP, (call, input, work) -> {
                    groups.create(call, input, work);
                    return CreateLogGroupResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
        binder.atomic(Logs.DELETE_LOG_GROUP, (call, input, work) -> {
                    groups.delete(call, input, work);
                    return DeleteLogGroupResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
        binder.atomic(Logs.DESCRIBE_LOG_GROUPS, groups::describe);
        binder.atomic(Logs.PUT_RETENTION_POLICY, (call, input, work) -> {
                    groups.retain(call, input.logGroupName(), input.retentionInDays(), work);
                    return PutRetentionPolicyResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
        binder.atomic(Logs.DELETE_RETENTION_POLICY, (call, input, work) -> {
                    groups.retain(call, input.logGroupName(), 0, work);
                    return DeleteRetentionPolicyResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
        binder.atomic(Logs.TAG_RESOURCE, (call, input, work) -> {
                    groups.tag(call, input, work);
                    return TagResourceResponse.builder().build();
                })
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(Logs.UNTAG_RESOURCE, (call, input, work) -> {
                    groups.untag(call, input, work);
                    return UntagResourceResponse.builder().build();
                })
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(Logs.LIST_TAGS_FOR_RESOURCE, groups::tags)
                .resources((call, input) -> List.of(input.resourceArn()));
        binder.atomic(Logs.CREATE_LOG_STREAM, (call, input, work) -> {
                    groups.createStream(call, input, work);
                    return CreateLogStreamResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
        binder.atomic(Logs.DELETE_LOG_STREAM, (call, input, work) -> {
                    groups.deleteStream(call, input, work);
                    return DeleteLogStreamResponse.builder().build();
                })
                .resources((call, input) -> group(call, input.logGroupName()));
    }

    private void bindEvents(Binder binder) {
        LogEvents events = new LogEvents(observatory);
        binder.conversation(Logs.DESCRIBE_LOG_STREAMS, events::streams)
                .resources((call, input) -> named(call, input.logGroupName(), input.logGroupIdentifier()));
        binder.atomic(Logs.PUT_LOG_EVENTS, events::put).resources((call, input) -> group(call, input.logGroupName()));
        binder.conversation(Logs.GET_LOG_EVENTS, events::get)
                .resources((call, input) -> named(call, input.logGroupName(), input.logGroupIdentifier()));
        binder.conversation(Logs.FILTER_LOG_EVENTS, events::filter)
                .resources((call, input) -> named(call, input.logGroupName(), input.logGroupIdentifier()));
    }

    private static List<String> named(Call call, Optional<String> name, Optional<String> identifier) {
        return group(call, LogGroups.name(name, identifier));
    }

    private static List<String> group(Call call, String name) {
        return List.of(Arn.of("logs", call.scope(), "log-group:" + name + ":*").toString());
    }
}
