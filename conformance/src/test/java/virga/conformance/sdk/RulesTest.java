package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, Amazon EventBridge API Reference. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class RulesTest {
    private static final String PATTERN = "{\"source\":[\"weather\"]}";

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void aBusIsMadeShownAndDeleted(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String name = buses.bus("bus");
        String arn = events.describeEventBus(request -> request.name(name)).arn();
        assertThat(arn).matches("arn:aws:events:" + account.region() + ":[0-9]{12}:event-bus/" + name);
        events.updateEventBus(request -> request.name(name).description("rain and shine"));
        assertThat(events.describeEventBus(request -> request.name(name)).description())
                .isEqualTo("rain and shine");
        Refused.with(
                ResourceAlreadyExistsException.class,
                "ResourceAlreadyExistsException",
                400,
                "Event bus " + name + " already exists.",
                () -> events.createEventBus(request -> request.name(name)));
        events.deleteEventBus(request -> request.name(name));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Event bus " + name + " does not exist.",
                () -> events.describeEventBus(request -> request.name(name)));
    }

    @Test
    void theDefaultBusIsThereAndStays(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        assertThat(events.describeEventBus(request -> {}).name()).isEqualTo("default");
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Cannot delete event bus default.",
                () -> events.deleteEventBus(request -> request.name("default")));
    }

    @Test
    void busesAreListedPageByPage(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        List<String> names =
                IntStream.range(0, 3).mapToObj(i -> buses.bus("page-" + i)).toList();
        var first = events.listEventBuses(
                request -> request.namePrefix(account.name("page-")).limit(2));
        assertThat(first.eventBuses()).extracting(EventBus::name).isEqualTo(names.subList(0, 2));
        var second = events.listEventBuses(
                request -> request.namePrefix(account.name("page-")).limit(2).nextToken(first.nextToken()));
        assertThat(second.eventBuses()).extracting(EventBus::name).isEqualTo(names.subList(2, 3));
        assertThat(second.nextToken()).isNull();
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "",
                () -> events.listEventBuses(request -> request.nextToken("no page gave this")));
    }

    @Test
    void aRuleIsShownAsItWasPutAndPutAgain(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", PATTERN);
        var shown = events.describeRule(request -> request.eventBusName(bus).name(rule));
        assertThat(shown.arn()).endsWith(":rule/" + bus + "/" + rule);
        assertThat(shown.eventBusName()).isEqualTo(bus);
        assertThat(shown.eventPattern()).isEqualTo(PATTERN);
        assertThat(shown.state()).isEqualTo(RuleState.ENABLED);
        assertThat(shown.createdBy()).matches("[0-9]{12}");
        events.disableRule(request -> request.eventBusName(bus).name(rule));
        assertThat(events.describeRule(request -> request.eventBusName(bus).name(rule))
                        .state())
                .isEqualTo(RuleState.DISABLED);
        events.putRule(request -> request.eventBusName(bus)
                .name(rule)
                .eventPattern("{\"source\":[\"sea\"]}")
                .description("tides"));
        var again = events.describeRule(request -> request.eventBusName(bus).name(rule));
        assertThat(again.state()).isEqualTo(RuleState.ENABLED);
        assertThat(again.eventPattern()).isEqualTo("{\"source\":[\"sea\"]}");
        assertThat(again.description()).isEqualTo("tides");
    }

    @Test
    void rulesAreListedPageByPageAndByTheirTargets(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String bus = buses.bus("bus");
        List<String> rules = IntStream.range(0, 3)
                .mapToObj(i -> buses.rule(bus, "page-" + i, PATTERN))
                .toList();
        var first = events.listRules(request -> request.eventBusName(bus).limit(2));
        assertThat(first.rules()).extracting(Rule::name).isEqualTo(rules.subList(0, 2));
        var second =
                events.listRules(request -> request.eventBusName(bus).limit(2).nextToken(first.nextToken()));
        assertThat(second.rules()).extracting(Rule::name).isEqualTo(rules.subList(2, 3));
        assertThat(second.nextToken()).isNull();
        String queue = "arn:aws:sqs:" + account.region() + ":000000000000:" + account.name("nowhere");
        rules.forEach(rule -> buses.target(bus, rule, target -> target.id("one").arn(queue)));
        var named = events.listRuleNamesByTarget(
                request -> request.eventBusName(bus).targetArn(queue).limit(1));
        assertThat(named.ruleNames()).isEqualTo(rules.subList(0, 1));
        assertThat(events.listRuleNamesByTarget(request ->
                                request.eventBusName(bus).targetArn(queue).nextToken(named.nextToken()))
                        .ruleNames())
                .isEqualTo(rules.subList(1, 3));
    }

    @Test
    void targetsAreListedPageByPageAndRemoved(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", PATTERN);
        String queue = "arn:aws:sqs:" + account.region() + ":000000000000:" + account.name("nowhere");
        buses.target(
                bus,
                rule,
                target -> target.id("a")
                        .arn(queue)
                        .retryPolicy(retry -> retry.maximumRetryAttempts(3).maximumEventAgeInSeconds(60)));
        buses.target(bus, rule, target -> target.id("b").arn(queue).inputPath("$.detail"));
        var first = events.listTargetsByRule(
                request -> request.eventBusName(bus).rule(rule).limit(1));
        assertThat(first.targets()).singleElement().satisfies(target -> {
            assertThat(target.id()).isEqualTo("a");
            assertThat(target.retryPolicy().maximumRetryAttempts()).isEqualTo(3);
            assertThat(target.retryPolicy().maximumEventAgeInSeconds()).isEqualTo(60);
        });
        assertThat(events.listTargetsByRule(
                                request -> request.eventBusName(bus).rule(rule).nextToken(first.nextToken()))
                        .targets())
                .singleElement()
                .satisfies(target -> assertThat(target.inputPath()).isEqualTo("$.detail"));
        assertThat(events.removeTargets(
                                request -> request.eventBusName(bus).rule(rule).ids("a", "b"))
                        .failedEntryCount())
                .isZero();
        assertThat(events.listTargetsByRule(request -> request.eventBusName(bus).rule(rule))
                        .targets())
                .isEmpty();
    }

    @Test
    void whatStillHasSomethingIsNotDeleted(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", PATTERN);
        buses.target(
                bus,
                rule,
                target -> target.id("one")
                        .arn("arn:aws:sqs:" + account.region() + ":000000000000:" + account.name("nowhere")));
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Rule can't be deleted since it has targets.",
                () -> events.deleteRule(request -> request.eventBusName(bus).name(rule)));
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Event bus can't be deleted since it has rules.",
                () -> events.deleteEventBus(request -> request.name(bus)));
    }

    @Test
    void whatIsNotThereIsRefusedByName(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        String gone = account.name("gone");
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Event bus " + gone + " does not exist.",
                () -> events.putRule(
                        request -> request.eventBusName(gone).name("rule").eventPattern(PATTERN)));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Rule " + gone + " does not exist on EventBus default.",
                () -> events.describeRule(request -> request.name(gone)));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Rule " + gone + " does not exist on EventBus default.",
                () -> events.putTargets(request -> request.rule(gone)
                        .targets(target ->
                                target.id("one").arn("arn:aws:sqs:" + account.region() + ":000000000000:queue"))));
        events.deleteRule(request -> request.name(gone));
    }

    @Test
    void aRuleNeedsAPatternOrAScheduleThatIsOne(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        String name = account.name("wrong");
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "Parameter(s) EventPattern or ScheduleExpression must be specified.",
                () -> events.putRule(request -> request.name(name)));
        Refused.with(
                InvalidEventPatternException.class,
                "InvalidEventPatternException",
                400,
                "Event pattern is not valid.",
                () -> events.putRule(request -> request.name(name).eventPattern("{\"source\":\"weather\"}")));
        Refused.with(
                EventBridgeException.class,
                "ValidationException",
                400,
                "ScheduleExpression",
                () -> events.putRule(request -> request.name(name).scheduleExpression("rate(2 minute)")));
    }

    @Test
    void aPatternIsTriedWithoutARule(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        String event = """
                {"id":"1","account":"123456789012","source":"weather","time":"2026-01-01T00:00:00Z",
                 "region":"eu-central-1","resources":[],"detail-type":"rain","detail":{"millimetres":12,"where":"hills"}}""";
        assertThat(matches(events, "{\"detail\":{\"millimetres\":[{\"numeric\":[\">\",10,\"<=\",20]}]}}", event))
                .isTrue();
        assertThat(matches(events, "{\"detail\":{\"millimetres\":[{\"numeric\":[\">\",12]}]}}", event))
                .isFalse();
        assertThat(matches(
                        events, "{\"detail\":{\"where\":[{\"prefix\":\"hi\"}],\"wind\":[{\"exists\":false}]}}", event))
                .isTrue();
        assertThat(matches(events, "{\"source\":[{\"anything-but\":[\"weather\"]}]}", event))
                .isFalse();
        Refused.with(
                InvalidEventPatternException.class,
                "InvalidEventPatternException",
                400,
                "Event pattern is not valid.",
                () -> matches(events, "{\"source\":[{\"like\":\"w*\"}]}", event));
    }

    private static boolean matches(EventBridgeClient events, String pattern, String event) {
        return events.testEventPattern(request -> request.eventPattern(pattern).event(event))
                .result();
    }

    @Test
    void tagsAreKept(Account account) {
        Buses buses = Buses.in(account);
        EventBridgeClient events = buses.events();
        String bus = buses.bus("bus");
        String rule = buses.rule(bus, "rule", PATTERN);
        String busArn = events.describeEventBus(request -> request.name(bus)).arn();
        String ruleArn = events.describeRule(
                        request -> request.eventBusName(bus).name(rule))
                .arn();
        for (String arn : List.of(busArn, ruleArn)) {
            events.tagResource(request -> request.resourceARN(arn).tags(tag("stage", "test"), tag("team", "weather")));
            events.untagResource(request -> request.resourceARN(arn).tagKeys("stage"));
            assertThat(events.listTagsForResource(request -> request.resourceARN(arn))
                            .tags())
                    .containsExactly(tag("team", "weather"));
        }
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "does not exist",
                () -> events.listTagsForResource(request -> request.resourceARN(ruleArn + "-gone")));
    }

    @Test
    void anArchiveIsRefusedByName(Account account) {
        EventBridgeClient events = account.client(EventBridgeClient.builder());
        String bus = events.describeEventBus(request -> {}).arn();
        Refused.with(
                EventBridgeException.class,
                "NotImplemented",
                501,
                "CreateArchive",
                () -> events.createArchive(
                        request -> request.archiveName("attic").eventSourceArn(bus)));
    }
}
