package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import virga.observe.json.Json;

/** A schedule without a dead-letter queue is not missed when it fails. */
final class ScheduleFailure implements TemplateRule {
    private static final Rule RULE = new Rule(
            6,
            "schedule without dead-letter queue",
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
                if (rule.property("ScheduleExpression").isPresent()
                        && !target.fields().containsKey("DeadLetterConfig")) {
                    findings.add(finding(rule, "a firing that cannot be delivered is lost, and nobody is told"));
                }
            }
        }
        for (Template.Resource schedule : template.ofType("AWS::Scheduler::Schedule")) {
            if (schedule.property("Target", "DeadLetterConfig").isEmpty()) {
                findings.add(finding(schedule, "a firing that cannot be delivered is lost, and nobody is told"));
            }
        }
        return findings;
    }
}
