package virga.cloud;

import static virga.store.Part.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import virga.kernel.Credentials;
import virga.kernel.Principal;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.Reading;
import virga.store.RecordCodec;

/**
 * The access keys of one environment: who each key is, and its secret. Kept in the environment's own store; the cloud finds the
 * environment of a call by its key.
 */
public final class AccessKeys {
    public static final KeySpace KEY = KeySpace.of("cloud/access-key", text("accessKeyId"));
    private static final Codec<Row> ROW = RecordCodec.of(Row.class);

    private AccessKeys() {}

    /** Who holds a key. */
    public record Identity(Credentials credentials, Principal principal) {}

    /** A long-lived key of a user or of the account's root. */
    public static Credentials issue(UnitOfWork work, Principal principal) {
        return keep(
                work, principal, new Credentials("AKIA" + work.ids().upperBase32(16), secret(work), "", Instant.MAX));
    }

    /** Temporary credentials, with a session token. */
    public static Credentials issue(UnitOfWork work, Principal principal, Duration lifetime) {
        String token = "virga" + work.ids().alphanumeric(120);
        return keep(
                work,
                principal,
                new Credentials(
                        "ASIA" + work.ids().upperBase32(16),
                        secret(work),
                        token,
                        work.now().plus(lifetime)));
    }

    /** A key whose id and secret are given: the well-known ones of tests and examples. */
    public static Credentials keep(UnitOfWork work, Principal principal, Credentials credentials) {
        boolean lasting = credentials.expiration().equals(Instant.MAX);
        work.put(
                KEY.key(credentials.accessKeyId()),
                new Row(
                        credentials.accessKeyId(),
                        credentials.secretAccessKey(),
                        credentials.sessionToken(),
                        lasting,
                        lasting ? Instant.EPOCH : credentials.expiration(),
                        principal),
                ROW);
        return credentials;
    }

    public static void revoke(UnitOfWork work, String accessKeyId) {
        work.delete(KEY.key(accessKeyId));
    }

    public static Optional<Identity> find(Reading reading, String accessKeyId) {
        return reading.get(KEY.key(accessKeyId), ROW).map(Row::identity);
    }

    private static String secret(UnitOfWork work) {
        return work.ids().alphanumeric(40);
    }

    record Row(
            String accessKeyId, String secret, String token, boolean lasting, Instant expiration, Principal principal) {
        Identity identity() {
            return new Identity(
                    new Credentials(accessKeyId, secret, token, lasting ? Instant.MAX : expiration), principal);
        }
    }
}
