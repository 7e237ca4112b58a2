package virga.services.sqs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.model.Unset;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.ReceiveMessageRequest;

/** Shows a message as its receiver asked for it: which attributes, under which handle. */
final class MessageView {
    private final Queue queue;
    private final List<String> systemNames;
    private final List<String> names;

    MessageView(Queue queue, ReceiveMessageRequest input) {
        this.queue = queue;
        // Two parameters ask for the same: the older AttributeNames and MessageSystemAttributeNames.
        List<String> asked = new ArrayList<>(input.attributeNames());
        asked.addAll(input.messageSystemAttributeNames());
        this.systemNames = asked;
        this.names = input.messageAttributeNames();
    }

    virga.model.sqs.Message show(Message message) {
        Message.Content content = message.content();
        Map<String, Message.Attribute> asked = new TreeMap<>();
        content.attributes().forEach((name, attribute) -> {
            if (names.stream().anyMatch(pattern -> matches(pattern, name))) {
                asked.put(name, attribute);
            }
        });
        Map<String, MessageAttributeValue> shown = new LinkedHashMap<>();
        asked.forEach((name, attribute) -> shown.put(name, value(attribute)));
        Map<String, String> system = system(message);
        return virga.model.sqs.Message.builder()
                .messageId(message.id())
                .receiptHandle(new ReceiptHandle(queue.id(), message.number(), message.receipt()).encoded())
                .body(content.body())
                .md5OfBody(Digests.ofBody(content.body()))
                .attributes(Unset.ifEmpty(system))
                .messageAttributes(Unset.ifEmpty(shown))
                .md5OfMessageAttributes(asked.isEmpty() ? null : Digests.ofAttributes(asked))
                .build();
    }

    /** A name, {@code All}, {@code .*}, or a prefix with {@code .*} behind it. */
    private static boolean matches(String pattern, String name) {
        if (pattern.equals("All") || pattern.equals(".*") || pattern.equals(name)) {
            return true;
        }
        return pattern.endsWith(".*") && name.startsWith(pattern.substring(0, pattern.length() - 2));
    }

    private Map<String, String> system(Message message) {
        Map<String, String> all = new TreeMap<>();
        all.put("SenderId", message.senderId());
        all.put("SentTimestamp", Long.toString(message.sentAt().toEpochMilli()));
        all.put("ApproximateReceiveCount", Integer.toString(message.receiveCount()));
        all.put(
                "ApproximateFirstReceiveTimestamp",
                Long.toString(message.firstReceivedAt().toEpochMilli()));
        if (!message.content().traceHeader().isEmpty()) {
            all.put("AWSTraceHeader", message.content().traceHeader());
        }
        if (!message.content().groupId().isEmpty()) {
            all.put("MessageGroupId", message.content().groupId());
        }
        if (!message.content().deadLetterSource().isEmpty()) {
            all.put("DeadLetterQueueSourceArn", message.content().deadLetterSource());
        }
        if (!systemNames.contains("All")) {
            all.keySet().retainAll(systemNames);
        }
        return all;
    }

    private static MessageAttributeValue value(Message.Attribute attribute) {
        MessageAttributeValue.Builder value = MessageAttributeValue.builder().dataType(attribute.type());
        return attribute.type().startsWith("Binary")
                ? value.binaryValue(attribute.binary()).build()
                : value.stringValue(attribute.text()).build();
    }
}
