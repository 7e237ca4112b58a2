package virga.services.iam;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import virga.cloud.AccessKeys;
import virga.cloud.UnitOfWork;
import virga.kernel.Credentials;
import virga.kernel.Principal;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/**
 * What IAM keeps of a user's access key. The cloud knows active keys only ({@link AccessKeys}), so the secret is kept here too, for the
 * day when an inactive key is activated again.
 */
record UserKey(String id, String user, String secret, boolean active, Instant createdAt) {
    private static final Codec<UserKey> CODEC = RecordCodec.of(UserKey.class);

    String status() {
        return active ? "Active" : "Inactive";
    }

    static List<UserKey> all(Reading reading, String account, String user) {
        try (Stream<Reading.Entry> entries =
                reading.scan(IamKeys.ACCESS_KEY.range(account, user.toLowerCase(Locale.ROOT)))) {
            return entries.map(entry -> CODEC.decode(entry.value())).toList();
        }
    }

    static UserKey issue(UnitOfWork work, String account, String user) {
        Credentials credentials = AccessKeys.issue(work, new Principal.User(account, user));
        UserKey key = new UserKey(credentials.accessKeyId(), user, credentials.secretAccessKey(), true, work.now());
        key.put(work, account);
        return key;
    }

    void activate(UnitOfWork work, String account, boolean on) {
        UserKey changed = new UserKey(id, user, secret, on, createdAt);
        changed.put(work, account);
        if (on) {
            AccessKeys.keep(work, new Principal.User(account, user), new Credentials(id, secret, "", Instant.MAX));
        } else {
            AccessKeys.revoke(work, id);
        }
    }

    void delete(UnitOfWork work, String account) {
        AccessKeys.revoke(work, id);
        work.delete(key(account, user, id));
    }

    /** Keys stay with a user whose name changes. */
    static void rename(UnitOfWork work, String account, String before, String after) {
        if (before.equals(after)) {
            return;
        }
        for (UserKey key : all(work, account, before)) {
            key.delete(work, account);
            new UserKey(key.id, after, key.secret, key.active, key.createdAt).activate(work, account, key.active);
        }
    }

    private void put(Transaction work, String account) {
        work.put(key(account, user, id), this, CODEC);
    }

    private static Key key(String account, String user, String id) {
        return IamKeys.ACCESS_KEY.key(account, user.toLowerCase(Locale.ROOT), id);
    }
}
