package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.CallRecord;
import virga.kernel.Details;

/** Rule 60, its recorded half: what works here under audit and would be denied on AWS. */
public final class MissingPermission {
    private static final Rule RULE = new Rule(
            60,
            "permissions that do not fit",
            Rule.Severity.ERROR,
            Rule.LEAST_PRIVILEGE,
            "a policy that is attached outside this environment");

    private MissingPermission() {}

    /** @param records of one environment, any order */
    public static List<Finding> check(List<CallRecord> records) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (CallRecord record : records) {
            String denial = record.details().getOrDefault(Details.WOULD_BE_DENIED, "");
            if (!denial.isEmpty() && record.principal().contains(":assumed-role/")) {
                found.putIfAbsent(
                        denial,
                        new Finding(
                                RULE,
                                Finding.Evidence.RECORDED,
                                record.principal(),
                                "would be denied on AWS: " + denial,
                                record.cause().traceId()));
            }
        }
        return List.copyOf(found.values());
    }
}
