package virga.reviewer.rules;

import java.util.List;

/** A rule that needs nothing but a template. */
interface TemplateRule {
    List<Finding> check(Template template);

    default Finding finding(Rule rule, Template.Resource resource, String sentence) {
        return new Finding(rule, Finding.Evidence.TEMPLATE, resource.logicalId(), sentence, "");
    }
}
