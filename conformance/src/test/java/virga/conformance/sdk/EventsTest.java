package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;
import virga.conformance.sdk.Queues.Queue;

/**
 * What is put on a bus and what arrives at its targets. Source: PutEvents, EventBridge API Reference; "Amazon EventBridge targets", "Amazon
 * EventBridge input transformation" and "Using dead-letter queues to process undelivered events", EventBridge User Guide.
 */
@ExtendWith(Accounts.class)
final class EventsTest {
    private static final String RAIN = "{\"source\":[\"weather\"],\"detail-type\":[\"rain\"]}";

    /** A queue, and who may send to it. */
    private record Inbox(SqsClient sqs, String url, String arn) {
        static Inbox open(Account account, String purpose, boolean toEvents) {
            Queues queues = Queues.in(account);
            Queue queue = toEvents ? queues.openTo("events.amazonaws.com", purpose) : queues.queue(purpose);
            return new Inbox(queues.sqs(), queue.url(), queue.arn());
        }

        Message next() {
            return sqs.receiveMessage(
                            request -> request.queueUrl(url).waitTimeSeconds(20).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
        }
    }

    private static PutEventsRequestEntry rain(String bus, String detail) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source("weather")
                .detailType("rain")
                .resources("arn:aws:s3:::hills")
                .detail(detail)
                .build();
    }

    private static PutEventsResponse put(EventBridgeClient events, PutEventsRequestEntry... entries) {
        return events.putEvents(request -> request.entries(entries));
    }

    @Test
    void anEventThatMatchesArrivesWhole(Account account) {
        Buses buses = Buses.in(account);
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", RAIN);
        Inbox inbox = Inbox.open(account, "inbox", true);
        buses.target(bus, rule, target -> target.id("inbox").arn(inbox.arn()));
        PutEventsRequestEntry sun =
                rain(bus, "{}").toBuilder().detailType("sun").build();
        var answer = put(buses.events(), sun, rain(bus, "{\"millimetres\":12}"));
        assertThat(answer.failedEntryCount()).isZero();
        String body = inbox.next().body();
        assertThat(body)
                .contains(
                        "\"version\":\"0\"",
                        "\"id\":\"" + answer.entries().get(1).eventId() + "\"",
                        "\"detail-type\":\"rain\"",
                        "\"source\":\"weather\"",
                        "\"region\":\"" + account.region() + "\"",
                        "\"resources\":[\"arn:aws:s3:::hills\"]",
                        "\"detail\":{\"millimetres\":12}")
                .containsPattern("\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"");
    }

    @Test
    void eachTargetReceivesWhatItAskedFor(Account account) {
        Buses buses = Buses.in(account);
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", RAIN);
        Inbox path = Inbox.open(account, "path", true);
        Inbox constant = Inbox.open(account, "constant", true);
        Inbox transformed = Inbox.open(account, "transformed", true);
        Inbox sentence = Inbox.open(account, "sentence", true);
        buses.target(bus, rule, target -> target.id("path").arn(path.arn()).inputPath("$.detail.places[1]"));
        buses.target(
                bus, rule, target -> target.id("constant").arn(constant.arn()).input("{\"fixed\":true}"));
        buses.target(
                bus,
                rule,
                target -> target.id("transformed")
                        .arn(transformed.arn())
                        .inputTransformer(
                                transformer -> transformer
                                        .inputPathsMap(
                                                Map.of("much", "$.detail.millimetres", "where", "$.detail.places[0]"))
                                        .inputTemplate(
                                                "{\"rule\":<aws.events.rule-name>,\"much\":<much>,\"text\":\"<much> mm in <where>\"}")));
        buses.target(
                bus,
                rule,
                target -> target.id("sentence")
                        .arn(sentence.arn())
                        .inputTransformer(transformer -> transformer
                                .inputPathsMap(Map.of("much", "$.detail.millimetres"))
                                .inputTemplate("\"It rained <much> mm.\"")));
        put(buses.events(), rain(bus, "{\"millimetres\":12,\"places\":[\"hills\",\"coast\"]}"));
        assertThat(path.next().body()).isEqualTo("\"coast\"");
        assertThat(constant.next().body()).isEqualTo("{\"fixed\":true}");
        assertThat(transformed.next().body())
                .isEqualTo("{\"rule\":\"" + rule + "\",\"much\":12,\"text\":\"12 mm in hills\"}");
        assertThat(sentence.next().body()).isEqualTo("\"It rained 12 mm.\"");
    }

    @Test
    void aFunctionIsInvokedWithTheEvent(Account account) {
        Buses buses = Buses.in(account);
        Functions functions = Functions.in(account);
        String function = functions.create("gauge", Map.of());
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", RAIN);
        String arn = functions
                .lambda()
                .getFunction(request -> request.functionName(function))
                .configuration()
                .functionArn();
        functions
                .lambda()
                .addPermission(request -> request.functionName(function)
                        .statementId("rule")
                        .action("lambda:InvokeFunction")
                        .principal("events.amazonaws.com")
                        .sourceArn(buses.events()
                                .describeRule(asked -> asked.eventBusName(bus).name(rule))
                                .arn()));
        buses.target(bus, rule, target -> target.id("gauge").arn(arn));
        put(buses.events(), rain(bus, "{\"millimetres\":77}"));
        CloudWatchLogsClient logs = account.client(CloudWatchLogsClient.builder());
        String group = "/aws/lambda/" + function;
        account.afterwards(() -> logs.deleteLogGroup(request -> request.logGroupName(group)));
        account.eventually(
                () -> logs.describeLogGroups(request -> request.logGroupNamePrefix(group))
                        .logGroups(),
                groups -> !groups.isEmpty());
        assertThat(account.eventually(
                        () -> logs.filterLogEvents(
                                        request -> request.logGroupName(group).filterPattern("handling"))
                                .events(),
                        found -> !found.isEmpty()))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("\"detail\":{\"millimetres\":77}"));
    }

    @Test
    void whatCannotBeDeliveredBecomesADeadLetter(Account account) {
        Buses buses = Buses.in(account);
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", RAIN);
        Inbox shut = Inbox.open(account, "shut", false);
        Inbox dead = Inbox.open(account, "dead", true);
        buses.target(
                bus,
                rule,
                target -> target.id("shut")
                        .arn(shut.arn())
                        .retryPolicy(retry -> retry.maximumRetryAttempts(0).maximumEventAgeInSeconds(60))
                        .deadLetterConfig(letters -> letters.arn(dead.arn())));
        String id = put(buses.events(), rain(bus, "{}")).entries().getFirst().eventId();
        Message letter = dead.next();
        assertThat(letter.body()).contains("\"id\":\"" + id + "\"");
        assertThat(letter.messageAttributes().get("ERROR_CODE").stringValue()).isEqualTo("NO_PERMISSIONS");
        assertThat(letter.messageAttributes().get("TARGET_ARN").stringValue()).isEqualTo(shut.arn());
        assertThat(letter.messageAttributes().get("RULE_ARN").stringValue()).endsWith(":rule/" + bus + "/" + rule);
        assertThat(letter.messageAttributes().get("ERROR_MESSAGE").stringValue())
                .contains("sqs");
    }

    @Test
    void anEventThatIsWrongFailsByItself(Account account) {
        Buses buses = Buses.in(account);
        String bus = buses.bus("bus");
        PutEventsRequestEntry good = rain(bus, "{}");
        var answer = put(
                buses.events(),
                good,
                good.toBuilder().detail("not json").build(),
                good.toBuilder().source(null).build(),
                good.toBuilder().detailType(null).build(),
                good.toBuilder().detail(null).build(),
                good.toBuilder().source("aws.s3").build());
        assertThat(answer.failedEntryCount()).isEqualTo(5);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(
                        null,
                        "MalformedDetail",
                        "InvalidArgument",
                        "InvalidArgument",
                        "InvalidArgument",
                        "NotAuthorizedForSourceException");
        assertThat(answer.entries().get(0).eventId()).isNotBlank();
        assertThat(answer.entries().get(1).eventId()).isNull();
        assertThat(answer.entries().get(1).errorMessage()).isEqualTo("Detail is malformed.");
        assertThat(answer.entries().get(2).errorMessage())
                .isEqualTo("Parameter Source is not valid. Reason: Source is a required argument.");
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedWhole(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        String detail = "{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}";
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Total size of the entries in the request is over the limit.",
                () -> put(events, rain("default", detail)));
        PutEventsRequestEntry small = rain("default", "{}");
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Member must have length less than or equal to 10",
                () -> events.putEvents(request -> request.entries(
                        List.of(small, small, small, small, small, small, small, small, small, small, small))));
    }
}
