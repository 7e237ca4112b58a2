package virga.reviewer.rules;

import java.util.List;

/** A rule that reads what was recorded. */
interface RecordRule {
    Rule rule();

    List<Finding> check(Observed observed);

    /** @param traceId the trace that shows it */
    default Finding finding(String name, String sentence, String traceId) {
        return new Finding(rule(), Finding.Evidence.RECORDED, Subject.named(name), sentence, traceId);
    }
}
