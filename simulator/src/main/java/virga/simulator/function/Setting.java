package virga.simulator.function;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.kernel.Bytes;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.DeadLetterConfig;
import virga.model.lambda.DeleteFunctionConcurrencyRequest;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.Lambda;
import virga.model.lambda.PutFunctionConcurrencyRequest;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.DeleteMessageRequest;
import virga.model.sqs.Message;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.Sqs;
import virga.simulator.Patient;

/** What a function works among: queues, and the function itself. */
final class Setting {
    static final String FUNCTION = "worker";
    static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:" + FUNCTION;

    private final Patient patient;

    Setting(Patient patient) {
        this.patient = patient;
    }

    static String queueArn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    static String queueUrl(String queue) {
        return "https://sqs/000000000000/" + queue;
    }

    void queue(String name, Map<String, String> attributes) {
        patient.call(
                Sqs.CREATE_QUEUE,
                CreateQueueRequest.builder()
                        .queueName(name)
                        .attributes(attributes)
                        .build());
    }

    /** @param deadLetters the queue of events that are given up */
    void function(OptionalInt reserved, Optional<String> deadLetters) {
        function(FUNCTION, deadLetters);
        reserved.ifPresent(places -> reserve(OptionalInt.of(places)));
    }

    void function(String name, Optional<String> deadLetters) {
        CreateFunctionRequest.Builder input = CreateFunctionRequest.builder()
                .functionName(name)
                .runtime("provided.al2023")
                .handler("bootstrap")
                .timeout(10)
                .role("arn:aws:iam::000000000000:role/worker")
                .code(FunctionCode.builder().zipFile(archive()).build());
        deadLetters.ifPresent(queue -> input.deadLetterConfig(
                DeadLetterConfig.builder().targetArn(queueArn(queue)).build()));
        patient.call(Lambda.CREATE_FUNCTION, input.build(), List.of("ResourceConflictException"));
    }

    /** Gives the function so many places of its own, or takes them away. */
    void reserve(OptionalInt concurrency) {
        if (concurrency.isEmpty()) {
            patient.call(
                    Lambda.DELETE_FUNCTION_CONCURRENCY,
                    DeleteFunctionConcurrencyRequest.builder()
                            .functionName(FUNCTION)
                            .build());
            return;
        }
        patient.call(
                Lambda.PUT_FUNCTION_CONCURRENCY,
                PutFunctionConcurrencyRequest.builder()
                        .functionName(FUNCTION)
                        .reservedConcurrentExecutions(concurrency.getAsInt())
                        .build());
    }

    private static Bytes archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("bootstrap");
            // Otherwise it would have the machine's time.
            entry.setTimeLocal(LocalDateTime.of(2030, 1, 1, 0, 0));
            zip.putNextEntry(entry);
            zip.write("nobody runs this".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** Takes what is in a queue now. */
    List<Message> take(String queue) {
        List<Message> taken = new ArrayList<>();
        while (true) {
            List<Message> some = patient.call(
                            Sqs.RECEIVE_MESSAGE,
                            ReceiveMessageRequest.builder()
                                    .queueUrl(queueUrl(queue))
                                    .maxNumberOfMessages(10)
                                    .visibilityTimeout(30)
                                    .build())
                    .messages();
            if (some.isEmpty()) {
                return taken;
            }
            for (Message message : some) {
                patient.call(
                        Sqs.DELETE_MESSAGE,
                        DeleteMessageRequest.builder()
                                .queueUrl(queueUrl(queue))
                                .receiptHandle(message.receiptHandle().orElseThrow())
                                .build());
            }
            taken.addAll(some);
        }
    }
}
