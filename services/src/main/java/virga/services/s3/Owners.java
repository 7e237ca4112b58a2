package virga.services.s3;

import java.nio.charset.StandardCharsets;
import virga.kernel.Bytes;
import virga.model.s3.Initiator;
import virga.model.s3.Owner;

/** Canonical user ids: 64 hexadecimal digits that stand for an account. Source: "Finding the canonical user ID", S3 User Guide. */
final class Owners {
    private Owners() {}

    static String canonicalId(String account) {
        Digest.Running hash = Digest.SHA256.start();
        byte[] name = ("canonical user of " + account).getBytes(StandardCharsets.UTF_8);
        hash.update(name, 0, name.length);
        return Bytes.wrap(hash.finish()).hex();
    }

    static Owner of(String account) {
        return Owner.builder().id(canonicalId(account)).build();
    }

    static Initiator initiator(String account) {
        return Initiator.builder().id(canonicalId(account)).build();
    }
}
