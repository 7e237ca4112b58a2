package virga.services.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.events.DeleteRuleRequest;
import virga.model.events.DescribeRuleRequest;
import virga.model.events.DescribeRuleResponse;
import virga.model.events.InvalidEventPatternException;
import virga.model.events.LimitExceededException;
import virga.model.events.ListRuleNamesByTargetRequest;
import virga.model.events.ListRuleNamesByTargetResponse;
import virga.model.events.ListRulesRequest;
import virga.model.events.ListRulesResponse;
import virga.model.events.PutRuleRequest;
import virga.model.events.PutRuleResponse;
import virga.model.events.ResourceNotFoundException;
import virga.model.events.TestEventPatternRequest;
import virga.model.events.TestEventPatternResponse;
import virga.services.patterns.EventPattern;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** Rules on a bus. */
final class Rules {
    private final EventsLimits limits;

    Rules(EventsLimits limits) {
        this.limits = limits;
    }

    static List<Rule> of(Call call, String bus, Reading reading) {
        try (Stream<Entry> rows = reading.scan(EventsKeys.RULE.range(call.account(), call.region(), bus))) {
            return rows.map(row -> EventsKeys.RULE_ROW.decode(row.value())).toList();
        }
    }

    static Rule existing(Call call, Optional<String> bus, String name, Reading reading) {
        String busName = Buses.name(bus.orElse(Bus.DEFAULT));
        return reading.get(EventsKeys.rule(call.scope(), busName, name), EventsKeys.RULE_ROW)
                .orElseThrow(() ->
                        new ResourceNotFoundException("Rule " + name + " does not exist on EventBus " + busName + "."));
    }

    PutRuleResponse put(Call call, PutRuleRequest input, UnitOfWork work) {
        String pattern = input.eventPattern().orElse("");
        String schedule = input.scheduleExpression().orElse("");
        if (pattern.isEmpty() && schedule.isEmpty()) {
            throw new Fault(
                    "ValidationException", 400, "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        requirePattern(pattern);
        Bus bus = Buses.existing(call, input.eventBusName().orElse(Bus.DEFAULT), work);
        if (!schedule.isEmpty()) {
            if (!bus.name().equals(Bus.DEFAULT)) {
                throw new Fault(
                        "ValidationException", 400, "ScheduleExpression is supported only on the default event bus.");
            }
            Schedule.parse(schedule);
        }
        Optional<Rule> before = work.get(EventsKeys.rule(call.scope(), bus.name(), input.name()), EventsKeys.RULE_ROW);
        if (before.isEmpty() && of(call, bus.name(), work).size() >= limits.rulesPerBus()) {
            throw new LimitExceededException("The requested resource exceeds the maximum number allowed.");
        }
        Rule rule = new Rule(
                input.name(),
                bus.name(),
                call.scope(),
                input.description().orElse(""),
                pattern,
                schedule,
                !input.state().orElse("ENABLED").equals("DISABLED"),
                before.map(Rule::targets).orElse(Map.of()),
                before.map(Rule::tags).orElse(Buses.tags(input.tags())),
                before.map(Rule::createdAt).orElse(work.now()));
        keep(work, rule);
        Firings.set(rule, work);
        return PutRuleResponse.builder().ruleArn(rule.arn()).build();
    }

    private static void requirePattern(String pattern) {
        if (!pattern.isEmpty()) {
            EventPattern.mistake(pattern).ifPresent(mistake -> {
                throw new InvalidEventPatternException("Event pattern is not valid. Reason: " + mistake);
            });
        }
    }

    DescribeRuleResponse describe(Call call, DescribeRuleRequest input, UnitOfWork work) {
        Rule rule = existing(call, input.eventBusName(), input.name(), work);
        return DescribeRuleResponse.builder()
                .name(rule.name())
                .arn(rule.arn())
                .eventBusName(rule.bus())
                .eventPattern(Unset.ifEmpty(rule.pattern()))
                .scheduleExpression(Unset.ifEmpty(rule.schedule()))
                .description(Unset.ifEmpty(rule.description()))
                .state(state(rule))
                .createdBy(rule.scope().account())
                .build();
    }

    ListRulesResponse list(Call call, ListRulesRequest input, UnitOfWork work) {
        Bus bus = Buses.existing(call, input.eventBusName().orElse(Bus.DEFAULT), work);
        List<Rule> found = of(call, bus.name(), work).stream()
                .filter(rule -> rule.name().startsWith(input.namePrefix().orElse("")))
                .toList();
        Page<Rule> page = Pages.of(found, input.limit(), input.nextToken(), Rule::name);
        return ListRulesResponse.builder()
                .nextToken(page.nextToken())
                .rules(page.items().stream()
                        .map(rule -> virga.model.events.Rule.builder()
                                .name(rule.name())
                                .arn(rule.arn())
                                .eventBusName(rule.bus())
                                .eventPattern(Unset.ifEmpty(rule.pattern()))
                                .scheduleExpression(Unset.ifEmpty(rule.schedule()))
                                .description(Unset.ifEmpty(rule.description()))
                                .state(state(rule))
                                .build())
                        .toList())
                .build();
    }

    ListRuleNamesByTargetResponse byTarget(Call call, ListRuleNamesByTargetRequest input, UnitOfWork work) {
        Bus bus = Buses.existing(call, input.eventBusName().orElse(Bus.DEFAULT), work);
        List<String> found = of(call, bus.name(), work).stream()
                .filter(rule -> rule.targets().values().stream()
                        .anyMatch(target -> target.arn().equals(input.targetArn())))
                .map(Rule::name)
                .toList();
        Page<String> page = Pages.of(found, input.limit(), input.nextToken(), name -> name);
        return ListRuleNamesByTargetResponse.builder()
                .nextToken(page.nextToken())
                .ruleNames(page.items())
                .build();
    }

    void enable(Call call, Optional<String> bus, String name, boolean enabled, UnitOfWork work) {
        Rule rule = existing(call, bus, name, work).withEnabled(enabled);
        keep(work, rule);
        Firings.set(rule, work);
    }

    void delete(Call call, DeleteRuleRequest input, UnitOfWork work) {
        String bus = Buses.name(input.eventBusName().orElse(Bus.DEFAULT));
        work.get(EventsKeys.rule(call.scope(), bus, input.name()), EventsKeys.RULE_ROW)
                .ifPresent(rule -> {
                    if (!rule.targets().isEmpty()) {
                        throw new Fault("ValidationException", 400, "Rule can't be deleted since it has targets.");
                    }
                    work.delete(EventsKeys.rule(call.scope(), bus, rule.name()));
                    Firings.clear(rule, work);
                });
    }

    static TestEventPatternResponse test(TestEventPatternRequest input) {
        requirePattern(input.eventPattern());
        return TestEventPatternResponse.builder()
                .result(EventPattern.of(input.eventPattern()).matches(input.event()))
                .build();
    }

    static void keep(UnitOfWork work, Rule rule) {
        work.put(EventsKeys.rule(rule.scope(), rule.bus(), rule.name()), rule, EventsKeys.RULE_ROW);
    }

    private static String state(Rule rule) {
        return rule.enabled() ? "ENABLED" : "DISABLED";
    }
}
