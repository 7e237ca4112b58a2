package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;

/** A batch without partial failures is delivered again as a whole when one of its items fails. */
final class PartialFailure implements TemplateRule {
    private static final Rule RULE = new Rule(
            8,
            "batch without partial failures",
            Rule.Severity.WARNING,
            Question.RESILIENCY,
            Rule.guide("partial-batch-failures"),
            "a function that handles a batch in one transaction");

    private static final int STANDARD_BATCH = 10;

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource mapping : template.ofType("AWS::Lambda::EventSourceMapping")) {
            boolean reports = mapping.property("FunctionResponseTypes").isPresent();
            if (!reports && mapping.number("BatchSize", STANDARD_BATCH) > 1) {
                findings.add(
                        finding(mapping, "one failing item makes the whole batch come again, the finished ones too"));
            }
        }
        return findings;
    }
}
