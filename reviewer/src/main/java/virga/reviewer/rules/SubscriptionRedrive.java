package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;

/** A subscription without a redrive policy loses what it cannot deliver. */
final class SubscriptionRedrive implements TemplateRule {
    private static final Rule RULE = new Rule(
            4,
            "subscription without redrive",
            Rule.Severity.NOTE,
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
        for (Template.Resource subscription : template.ofType("AWS::SNS::Subscription")) {
            if (subscription.property("RedrivePolicy").isEmpty()) {
                findings.add(finding(subscription, "a notification that cannot be delivered is lost"));
            }
        }
        return findings;
    }
}
