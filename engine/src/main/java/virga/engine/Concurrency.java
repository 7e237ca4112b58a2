package virga.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.kernel.Scope;
import virga.kernel.function.FunctionVersion;

/**
 * How many events are handled at once: at most its reserved concurrency for a function that has one, and for all others together
 * what the account has left. Reserved functions count as soon as the engine has seen one of their versions.
 *
 * <p>Source: "Understanding Lambda function scaling" and "Invoke" (throttling reasons), AWS Lambda Developer Guide and API Reference.
 */
public final class Concurrency {
    private static final String RESERVED_REASON = "ReservedFunctionConcurrentInvocationLimitExceeded";
    private static final String ACCOUNT_REASON = "ConcurrentInvocationLimitExceeded";

    private final int accountLimit;
    private final Map<Scope, Account> accounts = new HashMap<>();

    public Concurrency(int accountLimit) {
        this.accountLimit = accountLimit;
    }

    /** Takes a place for one event; AWS's reason where there is none. What was taken must be given back. */
    public synchronized Optional<String> enter(FunctionVersion version) {
        Account account = accounts.computeIfAbsent(version.scope(), unused -> new Account());
        int reserved = version.reservedConcurrency();
        account.reserve(version.arn(), reserved);
        if (reserved >= 0 && account.running(version.arn()) >= reserved) {
            return Optional.of(RESERVED_REASON);
        } else if (reserved < 0 && account.unreservedRunning() >= accountLimit - account.reserved()) {
            return Optional.of(ACCOUNT_REASON);
        }
        account.running.merge(version.arn(), 1, Integer::sum);
        return Optional.empty();
    }

    /** Gives a place back. */
    public synchronized void leave(FunctionVersion version) {
        accounts.get(version.scope())
                .running
                .computeIfPresent(version.arn(), (arn, running) -> running == 1 ? null : running - 1);
    }

    /** What runs counts for what its function has reserved now, whatever that was when it began. */
    private static final class Account {
        private final Map<String, Integer> reserved = new TreeMap<>();
        private final Map<String, Integer> running = new TreeMap<>();

        int running(String arn) {
            return running.getOrDefault(arn, 0);
        }

        int unreservedRunning() {
            return running.entrySet().stream()
                    .filter(function -> !reserved.containsKey(function.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** What the reserved functions keep from the others; one that reserved less than it ran keeps what it runs. */
        int reserved() {
            return reserved.entrySet().stream()
                    .mapToInt(function -> Math.max(function.getValue(), running(function.getKey())))
                    .sum();
        }

        void reserve(String arn, int workers) {
            if (workers >= 0) {
                reserved.put(arn, workers);
            } else {
                reserved.remove(arn);
            }
        }
    }
}
