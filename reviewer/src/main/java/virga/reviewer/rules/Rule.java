package virga.reviewer.rules;

/**
 * What a finding is an instance of.
 *
 * @param question of the AWS Well-Architected serverless lens that it belongs to
 * @param refutation what would show that a finding is wrong: "would be refuted by ..."
 */
public record Rule(int number, String name, Severity severity, String question, String refutation) {
    /** How bad it is. */
    public enum Severity {
        NOTE,
        WARNING,
        ERROR
    }

    static final String FAILURES = "REL 3: how do you build resiliency into your serverless application?";
    static final String LEAST_PRIVILEGE =
            "SEC 2: how are you managing your serverless application's security boundaries?";
    static final String ACCESS = "PERF 1: how have you optimized the performance of your serverless application?";
}
