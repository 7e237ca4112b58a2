package virga.services.iam;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.NoSuchEntityException;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeySpace;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/** Where the roles, users or groups of all accounts are kept. */
final class Identities<E extends Identity<E>> {
    static final Identities<Identity.Role> ROLES =
            new Identities<>(IamKeys.ROLE, RecordCodec.of(Identity.Role.class), "role");
    static final Identities<Identity.User> USERS =
            new Identities<>(IamKeys.USER, RecordCodec.of(Identity.User.class), "user");
    static final Identities<Identity.Group> GROUPS =
            new Identities<>(IamKeys.GROUP, RecordCodec.of(Identity.Group.class), "group");

    private final KeySpace space;
    private final Codec<E> codec;
    private final String type;

    private Identities(KeySpace space, Codec<E> codec, String type) {
        this.space = space;
        this.codec = codec;
        this.type = type;
    }

    /** As ARNs and messages name it: {@code role}. */
    String type() {
        return type;
    }

    String arn(String account, E identity) {
        return identity.facts().arn(account, type);
    }

    Optional<E> find(Reading reading, String account, String name) {
        return reading.get(key(account, name), codec)
                .filter(identity -> identity.name().equals(name));
    }

    /** @throws NoSuchEntityException where there is none */
    E get(Reading reading, String account, String name) {
        return find(reading, account, name)
                .orElseThrow(
                        () -> new NoSuchEntityException("The " + type + " with name " + name + " cannot be found."));
    }

    /** @throws EntityAlreadyExistsException where the name is taken, in whatever case */
    void add(Transaction work, String account, E identity) {
        if (work.get(key(account, identity.name())).isPresent()) {
            String word = Character.toUpperCase(type.charAt(0)) + type.substring(1);
            throw new EntityAlreadyExistsException(word + " with name " + identity.name() + " already exists.");
        }
        put(work, account, identity);
    }

    void put(Transaction work, String account, E identity) {
        work.put(key(account, identity.name()), identity, codec);
    }

    void remove(Transaction work, String account, String name) {
        work.delete(key(account, name));
    }

    /** Of one account, by name. */
    List<E> all(Reading reading, String account) {
        try (Stream<Reading.Entry> entries = reading.scan(space.range(account))) {
            return entries.map(entry -> codec.decode(entry.value())).toList();
        }
    }

    private Key key(String account, String name) {
        return space.key(account, name.toLowerCase(Locale.ROOT));
    }
}
