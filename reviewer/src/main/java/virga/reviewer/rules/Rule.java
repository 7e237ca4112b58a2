package virga.reviewer.rules;

/**
 * What a finding is an instance of.
 *
 * @param number of the list of rules; stable, because suppressions name it
 * @param question of the AWS Well-Architected serverless lens that it belongs to
 * @param guide what explains the mistake, a file of this project: {@code docs/mistakes/not-idempotent.md}
 * @param refutation what would show that a finding is wrong: "would be refuted by ..."
 */
public record Rule(int number, String name, Severity severity, Question question, String guide, String refutation) {
    /** How bad it is. */
    public enum Severity {
        NOTE,
        WARNING,
        ERROR
    }

    /** The path of the guide {@code name}. */
    static String guide(String name) {
        return "docs/mistakes/" + name + ".md";
    }

    /** The same rule, where it is worse than usual, or less bad. */
    Rule with(Severity other) {
        return new Rule(number, name, other, question, guide, refutation);
    }

    /** The same rule, where something else would show that a finding is wrong. */
    Rule refutedBy(String other) {
        return new Rule(number, name, severity, question, guide, other);
    }
}
