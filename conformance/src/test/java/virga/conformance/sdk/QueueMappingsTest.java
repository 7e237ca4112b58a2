package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;
import virga.conformance.sdk.Queues.Queue;

/** Source: "Using Lambda with Amazon SQS" and the pages below it, AWS Lambda Developer Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class QueueMappingsTest {
    /** How long a message stays hidden after its batch has failed: longer than the slowest first invocation. */
    private static final Duration HIDDEN = Duration.ofMinutes(2);

    private static final String[] MAY_POLL = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"};

    private static Functions functions(Account account) {
        return Functions.in(account, MAY_POLL);
    }

    /** A function's events of a queue's messages, each as its record. */
    private static List<JsonNode> records(List<String> events) {
        return events.stream()
                .flatMap(event ->
                        StreamSupport.stream(Queues.json(event).path("Records").spliterator(), false))
                .toList();
    }

    private static List<String> bodies(List<String> events) {
        return records(events).stream()
                .map(record -> record.path("body").asText())
                .toList();
    }

    private static String map(
            Account account,
            Functions functions,
            String function,
            Queue queue,
            Consumer<CreateEventSourceMappingRequest.Builder> more) {
        String id = account.onceAllowed(
                "role does not have permissions",
                () -> functions
                        .lambda()
                        .createEventSourceMapping(request -> request.functionName(function)
                                .eventSourceArn(queue.arn())
                                .applyMutation(more))
                        .uuid());
        account.afterwards(() -> delete(functions.lambda(), id));
        become(account, functions.lambda(), id, "Enabled");
        return id;
    }

    private static void delete(LambdaClient lambda, String id) {
        try {
            lambda.deleteEventSourceMapping(request -> request.uuid(id));
        } catch (ResourceNotFoundException goneInTheTest) {
            // Then there is nothing to tidy up.
        }
    }

    private static void become(Account account, LambdaClient lambda, String id, String state) {
        account.eventually(
                () -> lambda.getEventSourceMapping(request -> request.uuid(id)).state(), state::equals);
    }

    @Test
    void messagesAreHandedOverAndDeleted(Account account) {
        Functions functions = functions(account);
        Queues queues = Queues.in(account);
        Queue queue = queues.queue("inbox");
        String name = functions.create("taker", Map.of());
        map(account, functions, name, queue, more -> {});
        var sent = queues.sqs()
                .sendMessage(request -> request.queueUrl(queue.url())
                        .messageBody("one")
                        .messageAttributes(Map.of(
                                "colour",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("blue")
                                        .build())));
        JsonNode record =
                records(functions.handled(name, events -> !events.isEmpty())).getFirst();
        assertThat(record.path("messageId").asText()).isEqualTo(sent.messageId());
        assertThat(record.path("body").asText()).isEqualTo("one");
        assertThat(record.path("md5OfBody").asText()).isEqualTo(sent.md5OfMessageBody());
        assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(record.path("eventSourceARN").asText()).isEqualTo(queue.arn());
        assertThat(record.path("awsRegion").asText()).isEqualTo(account.region().id());
        assertThat(record.path("attributes").path("ApproximateReceiveCount").asText())
                .isEqualTo("1");
        assertThat(record.path("attributes").fieldNames())
                .toIterable()
                .contains("SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp");
        JsonNode colour = record.path("messageAttributes").path("colour");
        assertThat(colour.path("stringValue").asText()).isEqualTo("blue");
        assertThat(colour.path("dataType").asText()).isEqualTo("String");
        queues.left(queue, 0);
    }

    @Test
    void aBatchIsGatheredInItsWindow(Account account) {
        Functions functions = functions(account);
        Queues queues = Queues.in(account);
        Queue queue = queues.queue("inbox");
        String name = functions.create("gatherer", Map.of());
        map(account, functions, name, queue, more -> more.batchSize(3).maximumBatchingWindowInSeconds(20));
        queues.send(queue, "a", "b", "c");
        List<String> events = functions.handled(name, found -> bodies(found).size() == 3);
        assertThat(bodies(events)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(events).as("fewer events than messages").hasSizeLessThan(3);
    }

    @Test
    void onlyWhatTheFunctionReportsComesAgain(Account account) {
        Functions functions = functions(account);
        Queues queues = Queues.in(account);
        Queue letters = queues.queue("letters");
        Queue queue = queues.queue(
                "inbox",
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Long.toString(HIDDEN.toSeconds()),
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + letters.arn() + "\",\"maxReceiveCount\":2}"));
        String name = functions.create("sorting", Map.of("KIND", "sorting"));
        map(
                account,
                functions,
                name,
                queue,
                more -> more.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                        .batchSize(4)
                        .maximumBatchingWindowInSeconds(5));
        queues.send(queue, "sweet", "poison", "sour");
        functions.handled(name, events -> bodies(events).size() == 3);
        queues.left(queue, 1);
        account.letPass(HIDDEN);
        functions.handled(name, events -> bodies(events).size() == 4);
        account.letPass(HIDDEN);
        Message letter = queues.take(letters, 1).getFirst();
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(bodies(functions.handled(name))).containsExactlyInAnyOrder("sweet", "sour", "poison", "poison");
    }

    @Test
    void afterAnErrorTheWholeBatchComesAgain(Account account) {
        Functions functions = functions(account);
        Queues queues = Queues.in(account);
        Queue queue =
                queues.queue("inbox", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(HIDDEN.toSeconds())));
        String name = functions.create("picky", Map.of("KIND", "picky"));
        map(account, functions, name, queue, more -> {});
        queues.send(queue, "poison");
        functions.handled(name, found -> found.size() == 1);
        account.letPass(HIDDEN);
        List<String> events = functions.handled(name, found -> found.size() == 2);
        assertThat(records(events))
                .extracting(record -> record.path("attributes")
                        .path("ApproximateReceiveCount")
                        .asText())
                .startsWith("1", "2");
    }

    @Test
    void whatNoFilterLetsThroughIsDeletedUnseen(Account account) {
        Functions functions = functions(account);
        Queues queues = Queues.in(account);
        Queue queue = queues.queue("inbox");
        String name = functions.create("choosy", Map.of());
        map(
                account,
                functions,
                name,
                queue,
                more -> more.filterCriteria(criteria -> criteria.filters(filter ->
                        filter.pattern("{\"body\":{\"kind\":[\"rain\"],\"millimetres\":[{\"numeric\":[\">\",5]}]}}"))));
        queues.send(
                queue,
                "{\"kind\":\"sun\",\"millimetres\":0}",
                "{\"kind\":\"rain\",\"millimetres\":3}",
                "no JSON",
                "{\"kind\":\"rain\",\"millimetres\":12}");
        List<String> events = functions.handled(name, found -> !found.isEmpty());
        queues.left(queue, 0);
        assertThat(bodies(events)).containsExactly("{\"kind\":\"rain\",\"millimetres\":12}");
    }

    @Test
    void aMappingIsSwitchedOffOnAndDeleted(Account account) {
        Functions functions = functions(account);
        LambdaClient lambda = functions.lambda();
        Queues queues = Queues.in(account);
        Queue queue = queues.queue("inbox");
        String name = functions.create("switched", Map.of());
        String id = map(
                account, functions, name, queue, more -> more.scalingConfig(scaling -> scaling.maximumConcurrency(2)));
        assertThat(lambda.listEventSourceMappings(request -> request.functionName(name))
                        .eventSourceMappings())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.uuid()).isEqualTo(id);
                    assertThat(listed.functionArn()).isEqualTo(functions.arn(name));
                    assertThat(listed.batchSize()).isEqualTo(10);
                    assertThat(listed.scalingConfig().maximumConcurrency()).isEqualTo(2);
                });
        assertThat(lambda.updateEventSourceMapping(
                                request -> request.uuid(id).enabled(false).batchSize(1))
                        .state())
                .isIn("Disabling", "Updating");
        become(account, lambda, id, "Disabled");
        queues.send(queue, "while it was off");
        assertThat(lambda.getEventSourceMapping(request -> request.uuid(id)).batchSize())
                .isEqualTo(1);
        lambda.updateEventSourceMapping(request -> request.uuid(id).enabled(true));
        become(account, lambda, id, "Enabled");
        assertThat(bodies(functions.handled(name, events -> !events.isEmpty()))).containsExactly("while it was off");
        assertThat(lambda.deleteEventSourceMapping(request -> request.uuid(id)).state())
                .isEqualTo("Deleting");
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "The resource you requested does not exist.",
                () -> account.eventually(
                        () -> lambda.getEventSourceMapping(request -> request.uuid(id)), found -> false));
    }

    @Test
    void aMappingMovesToAnotherFunctionAndKeepsItsTags(Account account) {
        Functions functions = functions(account);
        LambdaClient lambda = functions.lambda();
        Queues queues = Queues.in(account);
        Queue queue = queues.queue("inbox");
        String first = functions.create("first", Map.of());
        String second = functions.create("second", Map.of());
        String id = map(account, functions, first, queue, more -> more.tags(Map.of("team", "weather")));
        lambda.updateEventSourceMapping(request -> request.uuid(id).functionName(second));
        become(account, lambda, id, "Enabled");
        var moved = lambda.getEventSourceMapping(request -> request.uuid(id));
        assertThat(moved.functionArn()).isEqualTo(functions.arn(second));
        queues.send(queue, "after the move");
        functions.handled(second, events -> bodies(events).contains("after the move"));
        String arn = moved.eventSourceMappingArn();
        lambda.tagResource(request -> request.resource(arn).tags(Map.of("stage", "test")));
        lambda.untagResource(request -> request.resource(arn).tagKeys("team"));
        assertThat(lambda.listTags(request -> request.resource(arn)).tags()).isEqualTo(Map.of("stage", "test"));
    }

    @Test
    void aRoleThatMayNotPollIsRefused(Account account) {
        Functions functions = Functions.in(account);
        Queue queue = Queues.in(account).queue("inbox");
        String name = functions.create("powerless", Map.of());
        refused(
                "execution role does not have permissions to call",
                () -> functions
                        .lambda()
                        .createEventSourceMapping(
                                request -> request.functionName(name).eventSourceArn(queue.arn())));
    }

    @Test
    void whatCannotWorkIsRefused(Account account) {
        Functions functions = functions(account);
        LambdaClient lambda = functions.lambda();
        Queues queues = Queues.in(account);
        String name = functions.create("strict", Map.of());
        Queue hasty = queues.queue("hasty", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "5"));
        refused(
                "Queue visibility timeout: 5 seconds is less than Function timeout: 30 seconds",
                () -> account.onceAllowed(
                        "role does not have permissions",
                        () -> lambda.createEventSourceMapping(
                                request -> request.functionName(name).eventSourceArn(hasty.arn()))));
        Queue queue = queues.queue("inbox");
        refused(
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
                () -> lambda.createEventSourceMapping(request ->
                        request.functionName(name).eventSourceArn(queue.arn()).batchSize(11)));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "Function not found: arn:aws:lambda:",
                () -> lambda.createEventSourceMapping(
                        request -> request.functionName(account.name("gone")).eventSourceArn(queue.arn())));
        String id = map(account, functions, name, queue, more -> {});
        Refused.with(
                ResourceConflictException.class,
                "ResourceConflictException",
                409,
                "Please update or delete the existing mapping with UUID " + id,
                () -> lambda.createEventSourceMapping(
                        request -> request.functionName(name).eventSourceArn(queue.arn())));
    }

    private static void refused(String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Refused.with(InvalidParameterValueException.class, "InvalidParameterValueException", 400, words, call);
    }
}
