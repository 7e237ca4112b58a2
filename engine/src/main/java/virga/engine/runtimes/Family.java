package virga.engine.runtimes;

/** A family of runtimes: one language's versions, or whatever an executable named {@code bootstrap} is. */
public enum Family {
    NODEJS("nodejs"),
    PYTHON("python"),
    JAVA("java"),
    PROVIDED("provided");

    private final String prefix;

    Family(String prefix) {
        this.prefix = prefix;
    }

    /** As AWS's runtime identifiers begin. */
    public String prefix() {
        return prefix;
    }
}
