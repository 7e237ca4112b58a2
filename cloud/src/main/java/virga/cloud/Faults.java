package virga.cloud;

import virga.kernel.Fault;

/** The errors that every service shares. Source: "Common Errors" in each service's API reference. */
public final class Faults {
    private Faults() {}

    public static Fault validation(String message) {
        return new Fault("ValidationException", 400, message);
    }
}
