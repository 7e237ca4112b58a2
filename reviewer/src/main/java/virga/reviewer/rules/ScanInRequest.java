package virga.reviewer.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.reviewer.rules.Observed.Recorded;

/** Rule 34: a scan reads the whole table, and gets slower and dearer with every item that is added to it. */
final class ScanInRequest implements RecordRule {
    private static final Rule RULE = new Rule(
            34,
            "scan in a request path",
            Rule.Severity.WARNING,
            Question.PERFORMANCE,
            Rule.guide("scan"),
            "a table that stays small, or a job that runs seldom");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Finding> check(Observed observed) {
        Map<String, Finding> found = new LinkedHashMap<>();
        for (Recorded each : observed.records()) {
            if (each.byFunction()
                    && each.is("dynamodb", "Scan")
                    && !each.record().resources().isEmpty()) {
                String table = each.record().resources().getFirst();
                String name = Arn.isArn(table) ? Arn.parse(table).name() : table;
                found.putIfAbsent(
                        table,
                        finding(
                                name,
                                StaleRead.sessionName(each.record().principal()) + " scans the table " + name
                                        + " to answer an event",
                                each.record().cause().traceId()));
            }
        }
        return List.copyOf(found.values());
    }
}
