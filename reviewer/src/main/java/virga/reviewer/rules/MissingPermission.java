package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.reviewer.rules.Observed.Recorded;

/** Rule 60, its other recorded part: what works here under audit and would be denied on AWS. */
final class MissingPermission implements RecordRule {
    private static final Rule RULE = new Rule(
            WildcardPermission.RULE.number(),
            WildcardPermission.RULE.name(),
            Rule.Severity.ERROR,
            Question.BOUNDARIES,
            WildcardPermission.RULE.guide(),
            "a policy that is attached outside this environment");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Observed observed) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Recorded each : observed.records()) {
            CallRecord record = each.record();
            String denial = record.details().getOrDefault(Details.WOULD_BE_DENIED, "");
            if (!denial.isEmpty() && record.principal().contains(":assumed-role/")) {
                found.putIfAbsent(
                        denial,
                        finding(
                                StaleRead.sessionName(record.principal()),
                                "would be denied on AWS: " + denial,
                                record.cause().traceId()));
            }
        }
        return List.copyOf(found.values());
    }
}
