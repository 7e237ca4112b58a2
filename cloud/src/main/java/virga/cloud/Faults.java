package virga.cloud;

import virga.kernel.Fault;

/** The errors that every service shares. Source: "Common Errors" in each service's API reference. */
public final class Faults {
    private Faults() {}

    public static Fault validation(String message) {
        return new Fault("ValidationException", 400, message);
    }

    public static Fault notImplemented(String operation) {
        return new Fault("NotImplemented", 501, "The operation " + operation + " is not implemented by Virga yet");
    }
}
