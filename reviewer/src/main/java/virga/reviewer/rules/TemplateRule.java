package virga.reviewer.rules;

import java.util.List;

/** A rule that needs nothing but a template. */
interface TemplateRule {
    Rule rule();

    List<Finding> check(Template template);

    default Finding finding(Template.Resource resource, String sentence) {
        return finding(rule(), resource, sentence);
    }

    default Finding finding(Rule rule, Template.Resource resource, String sentence) {
        return new Finding(rule, Finding.Evidence.TEMPLATE, resource.subject(), sentence, "");
    }
}
