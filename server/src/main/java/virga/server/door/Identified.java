package virga.server.door;

import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Cause;
import virga.kernel.Principal;

/** Who makes a request, where, and why. */
record Identified(LiveEnvironment environment, Principal principal, Cause cause) {}
