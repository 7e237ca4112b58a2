package virga.services.sqs;

import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.SendMessageResult;

/** Source: SendMessage, Amazon SQS API Reference. */
final class SendMessage implements Atomic<SendMessageRequest, SendMessageResult> {
    private final Queues queues;
    private final Sending sending;

    SendMessage(Queues queues, Sending sending) {
        this.queues = queues;
        this.sending = sending;
    }

    @Override
    public SendMessageResult handle(Call call, SendMessageRequest input, UnitOfWork work) {
        Queue queue = queues.at(work, call, input.queueUrl());
        Sending.Draft draft = sending.draft(
                input.messageBody(),
                input.messageAttributes(),
                input.messageSystemAttributes(),
                input.delaySeconds().orElse(-1),
                input.messageGroupId().orElse(""));
        sending.checkSize(queue, draft);
        Message message = sending.send(call, queue, draft, work);
        work.detail(Details.BYTES, Integer.toString(draft.size()));
        Message.Content content = message.content();
        return SendMessageResult.builder()
                .messageId(message.id())
                .md5OfMessageBody(Digests.ofBody(content.body()))
                .md5OfMessageAttributes(
                        content.attributes().isEmpty() ? null : Digests.ofAttributes(content.attributes()))
                .build();
    }
}
