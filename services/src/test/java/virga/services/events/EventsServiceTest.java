package virga.services.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.model.events.CreateEventBusRequest;
import virga.model.events.DeadLetterConfig;
import virga.model.events.Events;
import virga.model.events.InputTransformer;
import virga.model.events.InvalidEventPatternException;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.events.PutEventsResponse;
import virga.model.events.PutRuleRequest;
import virga.model.events.PutTargetsRequest;
import virga.model.events.Target;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.Message;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.Sqs;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;

final class EventsServiceTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:";

    private final TestingCloud cloud = new TestingCloud(
            new EventsService(EventsLimits.AWS), new SqsService("http://127.0.0.1:4566", SqsLimits.AWS));

    @BeforeEach
    void aQueueForWhatArrives() {
        for (String name : List.of("arrived", "letters")) {
            cloud.call(
                    Sqs.CREATE_QUEUE,
                    CreateQueueRequest.builder().queueName(name).build());
        }
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void rule(String name, String pattern, Target target) {
        cloud.call(
                Events.PUT_RULE,
                PutRuleRequest.builder().name(name).eventPattern(pattern).build());
        cloud.call(
                Events.PUT_TARGETS,
                PutTargetsRequest.builder().rule(name).targets(List.of(target)).build());
    }

    private static Target toQueue() {
        return Target.builder().id("queue").arn(QUEUE + "arrived").build();
    }

    private PutEventsResponse put(String source, String detail) {
        return cloud.call(
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .source(source)
                                .detailType("Ordered")
                                .detail(detail)
                                .build()))
                        .build());
    }

    private List<Message> arrived(String queue, int waitSeconds) {
        return cloud.call(
                        Sqs.RECEIVE_MESSAGE,
                        ReceiveMessageRequest.builder()
                                .queueUrl(queue)
                                .waitTimeSeconds(waitSeconds)
                                .messageAttributeNames(List.of("All"))
                                .build())
                .messages();
    }

    @Test
    void anEventReachesTheTargetOfTheRuleThatMatchesAndNoOther() {
        rule("orders", "{\"source\":[\"shop\"]}", toQueue());
        put("other", "{\"id\":0}");
        put("shop", "{\"id\":1}");
        Message message = arrived("arrived", 20).getFirst();
        assertThat(message.body().orElseThrow())
                .contains("\"source\":\"shop\"", "\"detail-type\":\"Ordered\"", "\"detail\":{\"id\":1}");
        assertThat(arrived("arrived", 0)).isEmpty();
    }

    @Test
    void theDeliveryFollowsFromTheCallThatPutTheEvent() {
        rule("orders", "{\"source\":[\"shop\"]}", toQueue());
        put("shop", "{}");
        arrived("arrived", 20);
        CallRecord put = record("PutEvents");
        CallRecord sent = record("SendMessage");
        assertThat(sent.cause().parentId()).isEqualTo(put.id());
        assertThat(sent.cause().traceId()).isEqualTo(put.cause().traceId());
        assertThat(sent.principal()).isEqualTo("events.amazonaws.com");
    }

    private CallRecord record(String operation) {
        return cloud.records().stream()
                .filter(record -> record.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTemplateIsFilledFromTheEvent() {
        Target target = toQueue().toBuilder()
                .inputTransformer(InputTransformer.builder()
                        .inputPathsMap(Map.of("id", "$.detail.items[0].id", "who", "$.detail.who"))
                        .inputTemplate("{\"id\":<id>,\"text\":\"for <who> by <aws.events.rule-name>\",\"who\":<who>}")
                        .build())
                .build();
        rule("orders", "{\"source\":[\"shop\"]}", target);
        put("shop", "{\"items\":[{\"id\":7}],\"who\":\"A \\\"B\\\"\"}");
        assertThat(arrived("arrived", 20).getFirst().body())
                .contains("{\"id\":7,\"text\":\"for A \\\"B\\\" by orders\",\"who\":\"A \\\"B\\\"\"}");
    }

    @Test
    void whatItsTargetRefusesEndsInTheDeadLetterQueueWithTheReason() {
        Target gone = Target.builder()
                .id("gone")
                .arn(QUEUE + "nowhere")
                .deadLetterConfig(
                        DeadLetterConfig.builder().arn(QUEUE + "letters").build())
                .build();
        rule("orders", "{\"source\":[\"shop\"]}", gone);
        put("shop", "{\"id\":1}");
        Message letter = arrived("letters", 20).getFirst();
        assertThat(letter.body().orElseThrow()).contains("\"detail\":{\"id\":1}");
        assertThat(letter.messageAttributes().get("TARGET_ARN").stringValue()).contains(QUEUE + "nowhere");
        assertThat(letter.messageAttributes().get("ERROR_CODE").stringValue().orElseThrow())
                .isEqualTo("NO_RESOURCE");
    }

    @Test
    void aRateFiresEachTimeTheClockPassesIt() {
        cloud.environment().ports().clock().freeze();
        cloud.call(
                Events.PUT_RULE,
                PutRuleRequest.builder()
                        .name("tick")
                        .scheduleExpression("rate(5 minutes)")
                        .build());
        cloud.call(
                Events.PUT_TARGETS,
                PutTargetsRequest.builder()
                        .rule("tick")
                        .targets(List.of(toQueue()))
                        .build());
        cloud.environment().ports().clock().resume();
        assertThat(arrived("arrived", 0)).isEmpty();
        cloud.advance(Duration.ofMinutes(5));
        assertThat(arrived("arrived", 20).getFirst().body().orElseThrow()).contains("Scheduled Event");
        cloud.advance(Duration.ofMinutes(6));
        assertThat(arrived("arrived", 20)).hasSize(1);
    }

    @Test
    void cronExpressionsAreAwss() {
        assertThat(Schedule.parse("cron(0 12 ? * MON-FRI *)").next(java.time.Instant.parse("2026-11-21T00:00:00Z")))
                .contains(java.time.Instant.parse("2026-11-23T12:00:00Z"));
        assertThatThrownBy(() -> Schedule.parse("rate(1 minutes)"))
                .hasMessageContaining("ScheduleExpression is not valid");
        assertThatThrownBy(() -> Schedule.parse("cron(0 12 * *)"))
                .hasMessageContaining("ScheduleExpression is not valid");
    }

    @Test
    void aBadEntryFailsAloneAndSaysWhy() {
        PutEventsResponse answer = put("shop", "not json");
        assertThat(answer.failedEntryCount()).contains(1);
        assertThat(answer.entries().getFirst().errorCode()).contains("MalformedDetail");
    }

    @Test
    void aPatternThatIsNoneAndATargetThatIsNotDoneAreRefused() {
        assertThatThrownBy(() -> rule("a", "{\"source\":\"shop\"}", toQueue()))
                .isInstanceOf(InvalidEventPatternException.class);
        Target topic = Target.builder()
                .id("t")
                .arn("arn:aws:kinesis:us-east-1:000000000000:stream/s")
                .build();
        assertThatThrownBy(() -> rule("b", "{\"source\":[\"shop\"]}", topic))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
    }

    @Test
    void aBusOfOnesOwnKeepsItsEventsApart() {
        cloud.call(
                Events.CREATE_EVENT_BUS,
                CreateEventBusRequest.builder().name("mine").build());
        cloud.call(
                Events.PUT_RULE,
                PutRuleRequest.builder()
                        .name("r")
                        .eventBusName("mine")
                        .eventPattern("{\"source\":[\"shop\"]}")
                        .build());
        cloud.call(
                Events.PUT_TARGETS,
                PutTargetsRequest.builder()
                        .rule("r")
                        .eventBusName("mine")
                        .targets(List.of(toQueue()))
                        .build());
        put("shop", "{}");
        cloud.call(
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .source("shop")
                                .detailType("t")
                                .detail("{\"mine\":true}")
                                .eventBusName("mine")
                                .build()))
                        .build());
        assertThat(arrived("arrived", 20).getFirst().body().orElseThrow()).contains("\"mine\":true");
        assertThat(arrived("arrived", 0)).isEmpty();
    }
}
