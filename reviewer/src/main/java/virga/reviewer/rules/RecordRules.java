package virga.reviewer.rules;

import java.util.List;

/** All rules that read records, in the order of their numbers. */
public final class RecordRules {
    static final List<RecordRule> ALL = List.of(
            new StaleRead(),
            new ScanInRequest(),
            new LostCorrelation(),
            new MissingPermission(),
            new UnusedPermission());

    private RecordRules() {}

    public static List<Finding> check(Observed observed) {
        return ALL.stream().flatMap(rule -> rule.check(observed).stream()).toList();
    }
}
