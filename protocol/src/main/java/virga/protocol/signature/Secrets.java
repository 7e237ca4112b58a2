package virga.protocol.signature;

import java.util.Optional;
import virga.kernel.Credentials;

/** Where secrets are found: a port, implemented by whoever keeps access keys. */
@FunctionalInterface
public interface Secrets {
    /** The credentials behind an access key id; empty where there is no such key, or it is not active. */
    Optional<Credentials> find(String accessKeyId);
}
