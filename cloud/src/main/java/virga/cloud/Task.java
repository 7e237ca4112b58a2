package virga.cloud;

import java.time.Instant;
import virga.kernel.Cause;
import virga.kernel.Scope;

/**
 * A task that is due.
 *
 * @param id stays the same over attempts: use it as deduplication key
 * @param attempt 1 for the first
 * @param createdAt when it was sent or scheduled
 */
public record Task<P>(String id, Scope scope, Cause cause, P payload, int attempt, Instant createdAt) {}
