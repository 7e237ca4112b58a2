package virga.services.lambda.mapping;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import virga.cloud.Environment;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.function.Outcome;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.sqs.DeleteMessageBatchRequest;
import virga.model.sqs.DeleteMessageBatchRequestEntry;
import virga.model.sqs.Message;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.Sqs;
import virga.services.lambda.Invoker;
import virga.services.lambda.mapping.QueuePoller.Taken;

/** One batch of messages on its way to the function, and what is deleted afterwards. */
final class QueueBatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PER_DELETE = 10;

    private final Invoker invoker;

    QueueBatch(Invoker invoker) {
        this.invoker = invoker;
    }

    void deliver(Environment environment, Mapping mapping, Principal principal, List<Taken> batch)
            throws InterruptedException {
        Filters filters = new Filters(mapping.filters());
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        List<Taken> passed = new ArrayList<>();
        List<Taken> dropped = new ArrayList<>();
        for (Taken taken : batch) {
            ObjectNode record = record(mapping, taken.message());
            if (filters.passes(record, "body")) {
                records.add(record);
                passed.add(taken);
            } else {
                dropped.add(taken);
            }
        }
        delete(environment, mapping, principal, dropped);
        if (passed.isEmpty()) {
            return;
        }
        List<Cause> causes = passed.stream().map(Taken::cause).toList();
        Outcome outcome;
        try {
            outcome = invoke(environment, mapping, principal, Bytes.ofUtf8(event.toString()), causes);
        } catch (ResourceNotFoundException functionGone) {
            return;
        }
        if (outcome instanceof Outcome.Returned returned) {
            delete(environment, mapping, principal, handled(mapping, passed, returned.payload()));
        }
        // After an error or a throttle the messages stay: they are visible again once their timeout passes.
    }

    private Outcome invoke(
            Environment environment, Mapping mapping, Principal principal, Bytes payload, List<Cause> causes)
            throws InterruptedException {
        Call call = environment.newCall(mapping.scope(), principal, causes.getFirst());
        Instant now = environment.ports().clock().now();
        return invoker.invoke(
                environment,
                call,
                mapping.functionArn(),
                new Invoker.Event(
                        call.requestId(), payload, causes, "", mapping.source().arn(), now));
    }

    private static List<Taken> handled(Mapping mapping, List<Taken> passed, Bytes answer) {
        if (!mapping.batching().partialFailures()) {
            return passed;
        }
        PartialFailures failures = PartialFailures.parse(
                answer,
                passed.stream()
                        .map(taken -> taken.message().messageId().orElseThrow())
                        .toList());
        Set<String> failed = failures.identifiers();
        return passed.stream()
                .filter(taken -> !failed.contains(taken.message().messageId().orElseThrow()))
                .toList();
    }

    private static void delete(Environment environment, Mapping mapping, Principal principal, List<Taken> done) {
        for (int from = 0; from < done.size(); from += MOST_PER_DELETE) {
            List<Taken> some = done.subList(from, Math.min(done.size(), from + MOST_PER_DELETE));
            List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
            for (Taken taken : some) {
                entries.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(taken.message().receiptHandle().orElseThrow())
                        .build());
            }
            Call call = environment
                    .newCall(mapping.scope(), principal, some.getFirst().cause())
                    .counted();
            try {
                environment.call(
                        call,
                        Sqs.DELETE_MESSAGE_BATCH,
                        DeleteMessageBatchRequest.builder()
                                .queueUrl(QueuePoller.url(mapping))
                                .entries(entries)
                                .build());
            } catch (Fault queueGoneOrDenied) {
                // Nothing can be done here; what is left of the queue delivers again.
                return;
            }
        }
    }

    /** Source: "Example standard queue message event", AWS Lambda Developer Guide. */
    private static ObjectNode record(Mapping mapping, Message message) {
        ObjectNode record = JSON.createObjectNode();
        record.put("messageId", message.messageId().orElseThrow());
        record.put("receiptHandle", message.receiptHandle().orElseThrow());
        record.put("body", message.body().orElse(""));
        ObjectNode attributes = record.putObject("attributes");
        message.attributes().forEach(attributes::put);
        ObjectNode messageAttributes = record.putObject("messageAttributes");
        message.messageAttributes().forEach((name, value) -> messageAttributes.set(name, attribute(value)));
        message.md5OfMessageAttributes().ifPresent(digest -> record.put("md5OfMessageAttributes", digest));
        record.put("md5OfBody", message.md5OfBody().orElse(""));
        record.put("eventSource", "aws:sqs");
        record.put("eventSourceARN", mapping.source().arn());
        record.put("awsRegion", Arn.parse(mapping.source().arn()).region());
        return record;
    }

    private static ObjectNode attribute(MessageAttributeValue value) {
        ObjectNode attribute = JSON.createObjectNode();
        value.stringValue().ifPresent(text -> attribute.put("stringValue", text));
        value.binaryValue().ifPresent(bytes -> attribute.put("binaryValue", bytes.base64()));
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        attribute.put("dataType", value.dataType());
        return attribute;
    }
}
