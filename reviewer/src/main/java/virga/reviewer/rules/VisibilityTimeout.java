package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;

/** A message must stay hidden while its function may still be at it: AWS asks for six times the function timeout, plus the batching window. */
final class VisibilityTimeout implements TemplateRule {
    private static final Rule RULE = new Rule(
            7,
            "visibility timeout too short",
            Rule.Severity.WARNING,
            Question.RESILIENCY,
            Rule.guide("visibility-timeout"),
            "a function that always ends long before its timeout");

    private static final int STANDARD_VISIBILITY = 30;
    private static final int STANDARD_TIMEOUT = 3;
    private static final int RECOMMENDED = 6;

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource mapping : template.ofType("AWS::Lambda::EventSourceMapping")) {
            var queue = mapping.property("EventSourceArn")
                    .flatMap(template::referred)
                    .filter(source -> source.type().equals("AWS::SQS::Queue"));
            var function = mapping.property("FunctionName").flatMap(template::referred);
            if (queue.isEmpty() || function.isEmpty()) {
                continue;
            }
            int hidden = queue.get().number("VisibilityTimeout", STANDARD_VISIBILITY);
            int timeout = function.get().number("Timeout", STANDARD_TIMEOUT);
            int window = mapping.number("MaximumBatchingWindowInSeconds", 0);
            if (hidden < timeout) {
                findings.add(finding(
                        RULE.with(Rule.Severity.ERROR),
                        queue.get(),
                        "messages come back after %d s while %s may work on them for %d s: they are handled twice"
                                .formatted(hidden, function.get().logicalId(), timeout)));
            } else if (hidden < RECOMMENDED * timeout + window) {
                findings.add(finding(
                        queue.get(),
                        "a visibility timeout of %d s leaves less than six timeouts of %s (%d s): throttled batches go to the dead-letter queue"
                                .formatted(hidden, function.get().logicalId(), timeout)));
            }
        }
        return findings;
    }
}
