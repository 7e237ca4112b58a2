package virga.services.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.sqs.InvalidMessageContents;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.MessageSystemAttributeValue;

/** Puts messages into a queue: what SendMessage and SendMessageBatch share. */
final class Sending {
    private static final int LONGEST_DELAY_SECONDS = 900;

    private final SqsLimits limits;

    Sending(SqsLimits limits) {
        this.limits = limits;
    }

    /** What is to be sent. {@code delaySeconds} is -1 where the sender leaves it to the queue. */
    record Draft(Message.Content content, int delaySeconds) {
        int size() {
            int size = content.body().getBytes(StandardCharsets.UTF_8).length;
            for (Map.Entry<String, Message.Attribute> attribute :
                    content.attributes().entrySet()) {
                size += attribute.getKey().getBytes(StandardCharsets.UTF_8).length;
                size += attribute.getValue().type().getBytes(StandardCharsets.UTF_8).length;
                size += attribute.getValue().text().getBytes(StandardCharsets.UTF_8).length;
                size += attribute.getValue().binary().length();
            }
            return size;
        }
    }

    Draft draft(
            String body,
            Map<String, MessageAttributeValue> attributes,
            Map<String, MessageSystemAttributeValue> systemAttributes,
            int delaySeconds,
            String groupId) {
        if (body.isEmpty()) {
            throw new Fault("MissingParameter", 400, "The request must contain the parameter MessageBody.");
        }
        checkCharacters(body);
        if (delaySeconds < -1 || delaySeconds > LONGEST_DELAY_SECONDS) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + delaySeconds
                            + " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.");
        }
        checkGroup(groupId);
        if (attributes.size() > limits.messageAttributes()) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Number of message attributes [" + attributes.size() + "] exceeds the allowed maximum ["
                            + limits.messageAttributes() + "].");
        }
        Map<String, Message.Attribute> kept = new TreeMap<>();
        attributes.forEach((name, value) -> kept.put(name, attribute(name, value)));
        String trace = "";
        for (Map.Entry<String, MessageSystemAttributeValue> system : systemAttributes.entrySet()) {
            if (!system.getKey().equals("AWSTraceHeader")) {
                throw new Fault(
                        "InvalidParameterValue",
                        400,
                        "Message system attribute name '" + system.getKey() + "' is invalid.");
            }
            trace = system.getValue().stringValue().orElse("");
        }
        return new Draft(new Message.Content(body, kept, trace, groupId, ""), delaySeconds);
    }

    /** A standard queue keeps a group as well: it makes the queue fair to several tenants. Source: SendMessage, API Reference. */
    private static void checkGroup(String groupId) {
        if (!groupId.isEmpty() && !groupId.matches("[\\p{Alnum}\\p{Punct}]{1,128}")) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + groupId
                            + " for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include"
                            + " alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }

    /** The characters of XML 1.0. Source: SendMessage, Amazon SQS API Reference. */
    private static void checkCharacters(String body) {
        body.codePoints().forEach(c -> {
            boolean allowed = c == 0x9
                    || c == 0xA
                    || c == 0xD
                    || c >= 0x20 && c <= 0xD7FF
                    || c >= 0xE000 && c <= 0xFFFD
                    || c >= 0x10000 && c <= 0x10FFFF;
            if (!allowed) {
                throw new InvalidMessageContents(
                        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD |"
                                + " #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
            }
        });
    }

    private static Message.Attribute attribute(String name, MessageAttributeValue value) {
        String type = value.dataType();
        String family = type.contains(".") ? type.substring(0, type.indexOf('.')) : type;
        if (!name.matches("[A-Za-z0-9_.-]{1,256}") || name.matches("(?i)(aws|amazon)\\..*")) {
            throw new Fault("InvalidParameterValue", 400, "The message attribute name '" + name + "' is invalid.");
        }
        String text = value.stringValue().orElse("");
        Bytes binary = value.binaryValue().orElse(Bytes.EMPTY);
        boolean empty = switch (family) {
            case "String", "Number" -> text.isEmpty();
            case "Binary" -> binary.isEmpty();
            default ->
                throw new Fault(
                        "InvalidParameterValue",
                        400,
                        "The type of message (user) attribute '" + name
                                + "' is invalid. You must use only the following supported type prefixes: Binary, Number, String.");
        };
        if (empty) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Message (user) attribute '" + name + "' must contain a non-empty value of type '" + family + "'.");
        }
        return new Message.Attribute(type, text, binary);
    }

    void checkSize(Queue queue, Draft draft) {
        int most = Math.min(queue.maximumMessageSize(), limits.messageBytes());
        if (draft.size() > most) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "One or more parameters are invalid. Reason: Message must be shorter than " + most + " bytes.");
        }
    }

    Message send(Call call, Queue queue, Draft draft, UnitOfWork work) {
        Mailbox mailbox = new Mailbox(queue, work);
        Duration delay = draft.delaySeconds() < 0 ? queue.delay() : Duration.ofSeconds(draft.delaySeconds());
        return mailbox.add(number -> new Message(
                work.ids().uuid(),
                number,
                draft.content(),
                call.causeOfWhatFollows("sqs"),
                senderId(call),
                work.now(),
                Instant.EPOCH,
                work.now().plus(delay),
                0,
                ""));
    }

    /** The account for its users; for a role the session, as AWS shows it behind the role's unique id. */
    private static String senderId(Call call) {
        return switch (call.principal()) {
            case virga.kernel.Principal.RoleSession session -> session.roleName() + ":" + session.sessionName();
            case virga.kernel.Principal principal -> principal.account();
        };
    }
}
