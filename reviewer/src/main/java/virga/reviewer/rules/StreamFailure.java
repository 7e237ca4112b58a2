package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;

/** A stream mapping without a failure destination loses what it gives up. */
final class StreamFailure implements TemplateRule {
    private static final Rule RULE = new Rule(
            2,
            "stream mapping without failure destination",
            Rule.Severity.WARNING,
            Question.RESILIENCY,
            Rule.guide("no-failure-destination"),
            "a destination that is configured outside the template");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource mapping : template.ofType("AWS::Lambda::EventSourceMapping")) {
            boolean stream = mapping.property("StartingPosition").isPresent();
            if (stream
                    && mapping.property("DestinationConfig", "OnFailure", "Destination")
                            .isEmpty()) {
                findings.add(
                        finding(
                                mapping,
                                "records that its function cannot handle hold up their shard until they expire, and are lost then"));
            }
        }
        return findings;
    }
}
