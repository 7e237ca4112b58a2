package virga.observe.logs;

import virga.kernel.Fault;

/** What CloudWatch Logs refuses, in its words. */
final class LogFaults {
    private LogFaults() {}

    static Fault noGroup() {
        return new Fault("ResourceNotFoundException", 400, "The specified log group does not exist.");
    }

    static Fault noStream() {
        return new Fault("ResourceNotFoundException", 400, "The specified log stream does not exist.");
    }

    static Fault groupExists() {
        return new Fault("ResourceAlreadyExistsException", 400, "The specified log group already exists");
    }

    static Fault streamExists() {
        return new Fault("ResourceAlreadyExistsException", 400, "The specified log stream already exists");
    }

    static Fault invalid(String message) {
        return new Fault("InvalidParameterException", 400, message);
    }
}
