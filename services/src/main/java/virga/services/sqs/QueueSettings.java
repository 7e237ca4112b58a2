package virga.services.sqs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.GetQueueAttributesResult;
import virga.model.sqs.ListQueueTagsRequest;
import virga.model.sqs.ListQueueTagsResult;
import virga.model.sqs.SetQueueAttributesRequest;
import virga.model.sqs.TagQueueRequest;
import virga.model.sqs.UntagQueueRequest;

/** A queue's attributes and tags. */
final class QueueSettings {
    private static final int MOST_TAGS = 50;
    private static final List<String> READ_ONLY = List.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible",
            "CreatedTimestamp",
            "LastModifiedTimestamp",
            "QueueArn");

    private final Queues queues;

    QueueSettings(Queues queues) {
        this.queues = queues;
    }

    GetQueueAttributesResult get(Call call, GetQueueAttributesRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        Map<String, String> all = all(queue, work);
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : input.attributeNames()) {
            if (name.equals("All")) {
                asked.putAll(all);
            } else if (QueueAttribute.named(name).isEmpty() && !READ_ONLY.contains(name)) {
                throw new Fault("InvalidAttributeName", 400, "Unknown Attribute " + name + ".");
            } else if (all.containsKey(name)) {
                asked.put(name, all.get(name));
            }
        }
        return GetQueueAttributesResult.builder().attributes(asked).build();
    }

    private static Map<String, String> all(Queue queue, UnitOfWork work) {
        Map<String, String> all = new TreeMap<>();
        for (QueueAttribute attribute : QueueAttribute.values()) {
            String value = queue.attribute(attribute);
            if (!value.isEmpty()) {
                all.put(attribute.wireName(), value);
            }
        }
        Counts counts = Counts.of(queue, work, work.now());
        all.put("ApproximateNumberOfMessages", Long.toString(counts.visible()));
        all.put("ApproximateNumberOfMessagesNotVisible", Long.toString(counts.inFlight()));
        all.put("ApproximateNumberOfMessagesDelayed", Long.toString(counts.delayed()));
        all.put("CreatedTimestamp", Long.toString(queue.createdAt().getEpochSecond()));
        all.put("LastModifiedTimestamp", Long.toString(queue.modifiedAt().getEpochSecond()));
        all.put("QueueArn", queue.arn());
        return all;
    }

    void set(Call call, SetQueueAttributesRequest input, UnitOfWork work) {
        QueueAttribute.check(input.attributes());
        Queue queue = queues.at(work, call, input.queueUrl());
        keep(work, queue.withAttributes(input.attributes(), work.now()));
    }

    void tag(Call call, TagQueueRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        Map<String, String> tags = new TreeMap<>(queue.tags());
        tags.putAll(input.tags());
        if (tags.size() > MOST_TAGS) {
            throw new Fault("InvalidParameterValue", 400, "Too many tags added for queue " + queue.name() + ".");
        }
        keep(work, queue.withTags(tags));
    }

    void untag(Call call, UntagQueueRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        Map<String, String> tags = new TreeMap<>(queue.tags());
        input.tagKeys().forEach(tags::remove);
        keep(work, queue.withTags(tags));
    }

    ListQueueTagsResult tags(Call call, ListQueueTagsRequest input, UnitOfWork work) {
        return ListQueueTagsResult.builder()
                .tags(queues.at(work, call, input.queueUrl()).tags())
                .build();
    }

    static void keep(UnitOfWork work, Queue queue) {
        work.put(SqsKeys.queue(queue.scope(), queue.name()), queue, SqsKeys.QUEUE_ROW);
    }
}
