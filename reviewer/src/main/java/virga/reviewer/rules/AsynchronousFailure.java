package virga.reviewer.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An asynchronous function without a failure destination or dead-letter queue drops what it fails at three times. */
final class AsynchronousFailure implements TemplateRule {
    private static final Rule RULE = new Rule(
            1,
            "asynchronous function without failure destination",
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
        Set<String> senders = Set.of("events.amazonaws.com", "s3.amazonaws.com", "sns.amazonaws.com");
        for (Template.Resource function : template.ofType("AWS::Lambda::Function")) {
            boolean asynchronous = template.ofType("AWS::Lambda::Permission").stream()
                    .filter(permission -> senders.contains(permission.text("Principal")))
                    .anyMatch(permission -> refers(template, permission, function));
            boolean covered = function.property("DeadLetterConfig", "TargetArn").isPresent()
                    || template.ofType("AWS::Lambda::EventInvokeConfig").stream()
                            .filter(config -> refers(template, config, function))
                            .anyMatch(config -> config.property("DestinationConfig", "OnFailure", "Destination")
                                    .isPresent());
            if (asynchronous && !covered) {
                findings.add(finding(
                        function,
                        "an event that " + function.logicalId() + " fails at three times is dropped: it has no failure "
                                + "destination and no dead-letter queue"));
            }
        }
        return findings;
    }

    private static boolean refers(Template template, Template.Resource from, Template.Resource function) {
        return from.property("FunctionName")
                .flatMap(template::referred)
                .filter(found -> found.logicalId().equals(function.logicalId()))
                .isPresent();
    }
}
