package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.kernel.CallRecord;

/** Rule 34: a scan reads the whole table, and gets slower and dearer with every item that is added to it. */
public final class ScanInRequest {
    private static final Rule RULE = new Rule(
            34,
            "scan in a request path",
            Rule.Severity.WARNING,
            Rule.ACCESS,
            "a table that stays small, or a job that runs seldom");

    private ScanInRequest() {}

    /** @param records of one environment, any order */
    public static List<Finding> check(List<CallRecord> records) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (CallRecord record : records) {
            boolean scan =
                    record.service().equals("dynamodb") && record.operation().equals("Scan");
            if (scan
                    && record.cause().via().equals("invocation")
                    && !record.resources().isEmpty()) {
                String table = record.resources().getFirst();
                String name = Arn.isArn(table) ? Arn.parse(table).name() : table;
                found.putIfAbsent(
                        table,
                        new Finding(
                                RULE,
                                Finding.Evidence.RECORDED,
                                name,
                                "a function scans the table " + name + " to answer an event",
                                record.cause().traceId()));
            }
        }
        return List.copyOf(found.values());
    }
}
