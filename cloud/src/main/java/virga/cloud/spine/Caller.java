package virga.cloud.spine;

import java.util.Optional;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Principal;

/**
 * Whom an access key stands for.
 *
 * @param attributed the invocation in whose course the call is made; empty for keys that no worker holds
 */
public record Caller(String environment, Credentials credentials, Principal principal, Optional<Cause> attributed) {}
