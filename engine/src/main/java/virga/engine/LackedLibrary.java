package virga.engine;

/**
 * A part of the AWS SDK that Lambda's runtime contains and a function did not find here.
 *
 * @param reason why it is still not there; empty where it is there now
 */
record LackedLibrary(String name, String reason) {
    boolean thereNow() {
        return reason.isEmpty();
    }

    /** For the function's log, where its error stands too. */
    String words() {
        return thereNow()
                ? "Virga installed " + name
                        + ", which the package lacks and Lambda's runtime contains; the next try finds it"
                : "Virga does not have " + name + ", which Lambda's runtime contains: " + reason
                        + ". Put it into the package, or see to it that it can be installed";
    }
}
