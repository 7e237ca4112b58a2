package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import virga.observe.json.Json;

/** A target of an event rule without a dead-letter queue loses what EventBridge cannot deliver for a day. */
final class EventTargetFailure implements TemplateRule {
    private static final Rule RULE = new Rule(
            5,
            "event target without dead-letter queue",
            Rule.Severity.NOTE,
            Question.RESILIENCY,
            Rule.guide("no-failure-destination"),
            "a dead-letter queue that is set outside the template");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource rule : template.ofType("AWS::Events::Rule")) {
            for (Json.Structure target : rule.list("Targets")) {
                if (rule.property("ScheduleExpression").isEmpty()
                        && !target.fields().containsKey("DeadLetterConfig")) {
                    findings.add(finding(rule, "an event that cannot be delivered to its target is lost"));
                }
            }
        }
        return findings;
    }
}
