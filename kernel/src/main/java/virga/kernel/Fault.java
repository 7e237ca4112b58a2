package virga.kernel;

import java.util.List;
import java.util.Map;

/**
 * An error that AWS would answer: the caller's doing or AWS's own, never a bug of ours. It has no stack trace, because it is an
 * answer, not an accident.
 */
public class Fault extends RuntimeException {
    private final String code;
    private final int status;

    /**
     * @param code AWS's error code, as in {@code ResourceNotFoundException}
     * @param status the HTTP status it is answered with
     */
    public Fault(String code, int status, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    public final String code() {
        return code;
    }

    public final int status() {
        return status;
    }

    public final boolean isClientFault() {
        return status < 500;
    }

    /** Whether it was refused only because too much was asked at once. */
    public final boolean isThrottle() {
        return code.contains("Throttl") || code.equals("TooManyRequestsException");
    }

    /** Whether the same call may be answered at another time. */
    public final boolean isPassing() {
        return !isClientFault() || isThrottle();
    }

    /** What HTTP clients are told beside code and message, by the header's name. Most faults have none. */
    public Map<String, String> headers() {
        return Map.of();
    }

    /** For an operation that is known by name and not done. */
    public static Fault notImplemented(String operation) {
        return new Fault("NotImplemented", 501, "The operation " + operation + " is not implemented by Virga yet");
    }

    /** @param path exactly what is not supported, as in {@code AWS::SQS::Queue/KmsMasterKeyId} */
    public static Fault unsupported(String path) {
        return new Unsupported(List.of(path));
    }

    @Override
    public String toString() {
        return code + " (" + status + "): " + getMessage();
    }
}
