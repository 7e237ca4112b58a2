package virga.reviewer.rules;

import java.util.List;

/** All rules that read templates, in the order of their numbers. */
public final class TemplateRules {
    static final List<TemplateRule> ALL = List.of(
            new AsynchronousFailure(),
            new StreamFailure(),
            new QueueRedrive(),
            new SubscriptionRedrive(),
            new EventTargetFailure(),
            new ScheduleFailure(),
            new VisibilityTimeout(),
            new PartialFailure(),
            new WildcardPermission());

    private TemplateRules() {}

    public static List<Finding> check(Template template) {
        return ALL.stream()
                .flatMap(rule -> rule.check(template).stream())
                .distinct()
                .toList();
    }
}
