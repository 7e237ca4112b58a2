package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioning;
import virga.model.Unset;
import virga.model.s3.EventBridgeConfiguration;
import virga.model.s3.FilterRule;
import virga.model.s3.GetBucketNotificationConfigurationRequest;
import virga.model.s3.LambdaFunctionConfiguration;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.NotificationConfigurationFilter;
import virga.model.s3.PutBucketNotificationConfigurationRequest;
import virga.model.s3.QueueConfiguration;
import virga.model.s3.S3;
import virga.model.s3.S3KeyFilter;

/** The {@code NotificationConfiguration} property of {@code AWS::S3::Bucket}. */
final class BucketNotifications {
    private BucketNotifications() {}

    /** Puts the configuration where it differs from the one there is, so that an update does not test every target again. */
    static void apply(Provisioning request, String bucket) {
        Properties property = request.properties().object("NotificationConfiguration");
        List<LambdaFunctionConfiguration> functions = new ArrayList<>();
        for (Properties one : property.objects("LambdaConfigurations")) {
            functions.add(LambdaFunctionConfiguration.builder()
                    .lambdaFunctionArn(one.requiredText("Function"))
                    .events(List.of(one.requiredText("Event")))
                    .filter(filter(one))
                    .build());
        }
        List<QueueConfiguration> queues = new ArrayList<>();
        for (Properties one : property.objects("QueueConfigurations")) {
            queues.add(QueueConfiguration.builder()
                    .queueArn(one.requiredText("Queue"))
                    .events(List.of(one.requiredText("Event")))
                    .filter(filter(one))
                    .build());
        }
        boolean bridged = property.has("EventBridgeConfiguration")
                && property.object("EventBridgeConfiguration").flag("EventBridgeEnabled", true);
        NotificationConfiguration wanted = NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(Unset.ifEmpty(functions))
                .queueConfigurations(Unset.ifEmpty(queues))
                .eventBridgeConfiguration(
                        bridged ? EventBridgeConfiguration.builder().build() : null)
                .build();
        NotificationConfiguration there = request.call(
                S3.GET_BUCKET_NOTIFICATION_CONFIGURATION,
                GetBucketNotificationConfigurationRequest.builder()
                        .bucket(bucket)
                        .build());
        if (!withoutIds(there).equals(wanted)) {
            request.call(
                    S3.PUT_BUCKET_NOTIFICATION_CONFIGURATION,
                    PutBucketNotificationConfigurationRequest.builder()
                            .bucket(bucket)
                            .notificationConfiguration(wanted)
                            .build());
        }
    }

    /** Templates cannot name a configuration; S3 does. */
    private static NotificationConfiguration withoutIds(NotificationConfiguration there) {
        var functions = there.lambdaFunctionConfigurations().stream()
                .map(one -> one.toBuilder().id(null).build())
                .toList();
        var queues = there.queueConfigurations().stream()
                .map(one -> one.toBuilder().id(null).build())
                .toList();
        return NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(Unset.ifEmpty(functions))
                .queueConfigurations(Unset.ifEmpty(queues))
                .eventBridgeConfiguration(there.eventBridgeConfiguration().orElse(null))
                .build();
    }

    private static NotificationConfigurationFilter filter(Properties configuration) {
        List<FilterRule> rules = new ArrayList<>();
        for (Properties rule : configuration.object("Filter").object("S3Key").objects("Rules")) {
            rules.add(FilterRule.builder()
                    .name(rule.requiredText("Name"))
                    .value(rule.requiredText("Value"))
                    .build());
        }
        return rules.isEmpty()
                ? null
                : NotificationConfigurationFilter.builder()
                        .key(S3KeyFilter.builder().filterRules(rules).build())
                        .build();
    }
}
