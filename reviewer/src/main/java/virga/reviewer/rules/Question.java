package virga.reviewer.rules;

/**
 * The questions of the AWS Well-Architected serverless lens that rules answer from evidence. Source: "Serverless Applications Lens",
 * AWS Well-Architected Framework, July 2022.
 */
public enum Question {
    HEALTH("OPS 1", "How do you understand the health of your serverless application?"),
    LIFECYCLE("OPS 2", "How do you approach application lifecycle management?"),
    BOUNDARIES("SEC 2", "How do you manage your serverless application's security boundaries?"),
    RESILIENCY("REL 2", "How do you build resiliency into your serverless application?"),
    PERFORMANCE("PERF 1", "How do you optimize your serverless application's performance?");

    private final String id;
    private final String words;

    Question(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** As the lens numbers it: {@code REL 2}. */
    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id + ": " + words;
    }
}
