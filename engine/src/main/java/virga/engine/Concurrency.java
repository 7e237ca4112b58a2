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
        if (reserved >= 0) {
            if (account.running.getOrDefault(version.arn(), 0) >= reserved) {
                return Optional.of(RESERVED_REASON);
            }
            account.running.merge(version.arn(), 1, Integer::sum);
        } else {
            int left = accountLimit
                    - account.reserved.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
            if (account.unreservedRunning >= left) {
                return Optional.of(ACCOUNT_REASON);
            }
            account.unreservedRunning++;
        }
        return Optional.empty();
    }

    /** Gives a place back. */
    public synchronized void leave(FunctionVersion version) {
        Account account = accounts.get(version.scope());
        if (version.reservedConcurrency() >= 0) {
            account.running.merge(version.arn(), -1, Integer::sum);
        } else {
            account.unreservedRunning--;
        }
    }

    private static final class Account {
        private final Map<String, Integer> reserved = new TreeMap<>();
        private final Map<String, Integer> running = new TreeMap<>();
        private int unreservedRunning;

        void reserve(String arn, int workers) {
            if (workers >= 0) {
                reserved.put(arn, workers);
            } else {
                reserved.remove(arn);
            }
        }
    }
}
