package virga.services.sqs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.DeleteQueueRequest;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.ListQueueTagsRequest;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.SetQueueAttributesRequest;
import virga.model.sqs.Sqs;
import virga.model.sqs.TagQueueRequest;
import virga.model.sqs.UntagQueueRequest;

/** {@code AWS::SQS::Queue}. Source: its page in the CloudFormation Template Reference. */
final class QueueProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 80;

    @Override
    public String type() {
        return "AWS::SQS::Queue";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("QueueName")
                .inPlace(
                        "DelaySeconds",
                        "MaximumMessageSize",
                        "MessageRetentionPeriod",
                        "ReceiveMessageWaitTimeSeconds",
                        "RedriveAllowPolicy/**",
                        "RedrivePolicy/**",
                        "SqsManagedSseEnabled",
                        "Tags/[]/Key",
                        "Tags/[]/Value",
                        "VisibilityTimeout")
                .unsupported(
                        "ContentBasedDeduplication",
                        "DeduplicationScope",
                        "FifoQueue",
                        "FifoThroughputLimit",
                        "KmsDataKeyReusePeriodSeconds",
                        "KmsMasterKeyId");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String url = request.call(
                        Sqs.CREATE_QUEUE,
                        CreateQueueRequest.builder()
                                .queueName(request.name("QueueName", LONGEST_NAME))
                                .attributes(attributes(request.properties()))
                                .tags(request.allTags())
                                .build())
                .queueUrl()
                .orElseThrow();
        return provisioned(request, url);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Map<String, String> attributes = attributes(request.properties());
        for (String gone : attributes(previous).keySet()) {
            // A property that was taken out of the template goes back to its default.
            attributes.putIfAbsent(
                    gone, QueueAttribute.named(gone).orElseThrow().standard());
        }
        String url = current.physicalId();
        request.call(
                Sqs.SET_QUEUE_ATTRIBUTES,
                SetQueueAttributesRequest.builder()
                        .queueUrl(url)
                        .attributes(attributes)
                        .build());
        Retagging.change(
                request.call(
                                Sqs.LIST_QUEUE_TAGS,
                                ListQueueTagsRequest.builder().queueUrl(url).build())
                        .tags()
                        .keySet(),
                request.allTags(),
                gone -> request.call(
                        Sqs.UNTAG_QUEUE,
                        UntagQueueRequest.builder().queueUrl(url).tagKeys(gone).build()),
                wanted -> request.call(
                        Sqs.TAG_QUEUE,
                        TagQueueRequest.builder().queueUrl(url).tags(wanted).build()));
        return provisioned(request, url);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                QueueDoesNotExist.class,
                Sqs.DELETE_QUEUE,
                DeleteQueueRequest.builder().queueUrl(current.physicalId()).build());
    }

    private static Provisioned provisioned(Provisioning request, String url) {
        String arn = request.call(
                        Sqs.GET_QUEUE_ATTRIBUTES,
                        GetQueueAttributesRequest.builder()
                                .queueUrl(url)
                                .attributeNames(List.of("QueueArn"))
                                .build())
                .attributes()
                .get("QueueArn");
        String name = url.substring(url.lastIndexOf('/') + 1);
        return new Provisioned(url, Map.of("Arn", arn, "QueueName", name, "QueueUrl", url));
    }

    private static Map<String, String> attributes(Properties properties) {
        Map<String, String> attributes = new TreeMap<>();
        for (QueueAttribute attribute : QueueAttribute.values()) {
            String value = properties.document(attribute.wireName(), null);
            if (value != null) {
                attributes.put(attribute.wireName(), value);
            }
        }
        return attributes;
    }
}
