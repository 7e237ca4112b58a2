package virga.observe;

import java.time.Instant;

/** So many calls of one operation with one outcome in one minute that left no record of their own. */
public record Count(
        Instant minute, String account, String region, String service, String operation, String outcome, long calls) {}
