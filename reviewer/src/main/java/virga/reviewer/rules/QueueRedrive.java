package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A queue that a function consumes and that has no redrive policy returns a poisonous message until it expires. */
final class QueueRedrive implements TemplateRule {
    private static final Rule RULE = new Rule(
            3,
            "consumed queue without redrive",
            Rule.Severity.WARNING,
            Question.RESILIENCY,
            Rule.guide("no-redrive"),
            "a redrive policy that is set outside the template");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Template template) {
        List<Finding> findings = new ArrayList<>();
        for (Template.Resource mapping : template.ofType("AWS::Lambda::EventSourceMapping")) {
            Optional<Template.Resource> queue = mapping.property("EventSourceArn")
                    .flatMap(template::referred)
                    .filter(source -> source.type().equals("AWS::SQS::Queue"));
            queue.filter(found -> found.property("RedrivePolicy").isEmpty())
                    .ifPresent(found -> findings.add(finding(
                            found,
                            "a message that always fails is delivered again until it expires, and is lost then")));
        }
        return findings;
    }
}
