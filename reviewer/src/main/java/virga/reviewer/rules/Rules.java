package virga.reviewer.rules;

import java.util.SortedSet;
import java.util.TreeSet;

/** Every rule that is checked, by number. */
final class Rules {
    private Rules() {}

    static SortedSet<Integer> numbers() {
        SortedSet<Integer> numbers = new TreeSet<>();
        TemplateRules.ALL.forEach(rule -> numbers.add(rule.rule().number()));
        RecordRules.ALL.forEach(rule -> numbers.add(rule.rule().number()));
        NotIdempotent.RULES.forEach(rule -> numbers.add(rule.number()));
        return numbers;
    }
}
