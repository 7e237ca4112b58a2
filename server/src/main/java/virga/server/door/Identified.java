package virga.server.door;

import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.protocol.signature.PayloadProof;

/**
 * Who makes a request, where, and why.
 *
 * @param payload how its body is to be proved, where its service asks for that
 */
record Identified(LiveEnvironment environment, Principal principal, Cause cause, PayloadProof payload) {}
