package virga.services.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import virga.kernel.Arn;
import virga.kernel.Scope;
import virga.services.dynamodb.item.KeyAttribute;
import virga.services.dynamodb.item.KeySchema;
import virga.store.Codec;
import virga.store.RecordCodec;

/**
 * A table's definition.
 *
 * @param id unlike the name, of this table only
 * @param definitions every attribute that a key names
 * @param throughput provisioned, or {@link Throughput#ON_DEMAND}
 */
record Table(
        String id,
        String name,
        KeySchema key,
        List<KeyAttribute> definitions,
        List<SecondaryIndex> indexes,
        Throughput throughput,
        Life life,
        Settings settings,
        StreamSettings stream,
        TimeToLive timeToLive,
        SortedMap<String, String> tags) {
    static final Codec<Table> CODEC = RecordCodec.of(Table.class);

    /**
     * Where a table is in its life. It changes by itself, as time passes.
     *
     * @param readyAt until then it is being created or updated
     * @param deletedAt when its deletion was asked for; the epoch where it was not
     */
    record Life(Instant createdAt, Instant readyAt, boolean updating, Instant deletedAt) {
        static Life begins(Instant now, Instant readyAt) {
            return new Life(now, readyAt, false, Instant.EPOCH);
        }

        Life updatedUntil(Instant ready) {
            return new Life(createdAt, ready, true, deletedAt);
        }

        Life deleted(Instant now, Instant gone) {
            return new Life(createdAt, gone, false, now);
        }
    }

    /** A table's state, by AWS's names. */
    enum Status {
        CREATING,
        UPDATING,
        ACTIVE,
        DELETING,
        /** Not to be seen any more. */
        GONE
    }

    /**
     * @param tableClass {@code STANDARD} or {@code STANDARD_INFREQUENT_ACCESS}
     * @param encryptionKey the KMS key asked for; empty for AWS's own
     * @param recoverySince since when point-in-time recovery is on; the epoch where it is off
     */
    record Settings(
            boolean deletionProtected,
            String tableClass,
            boolean encryptedByKms,
            String encryptionKey,
            Instant recoverySince) {
        Settings withDeletionProtected(boolean is) {
            return new Settings(is, tableClass, encryptedByKms, encryptionKey, recoverySince);
        }

        Settings withTableClass(String other) {
            return new Settings(deletionProtected, other, encryptedByKms, encryptionKey, recoverySince);
        }

        Settings withEncryption(boolean byKms, String keyId) {
            return new Settings(deletionProtected, tableClass, byKms, keyId, recoverySince);
        }

        Settings withRecoverySince(Instant since) {
            return new Settings(deletionProtected, tableClass, encryptedByKms, encryptionKey, since);
        }
    }

    /** The table's stream; an empty view type where it has none. The label is kept after the stream was switched off. */
    record StreamSettings(String viewType, String label, int shards) {
        static final StreamSettings NONE = new StreamSettings("", "", 0);

        boolean enabled() {
            return !viewType.isEmpty();
        }
    }

    /** Which attribute, if any, says when an item expires (epoch seconds). */
    record TimeToLive(String attribute) {
        static final TimeToLive NONE = new TimeToLive("");

        boolean enabled() {
            return !attribute.isEmpty();
        }
    }

    Status status(Instant now) {
        boolean inTransition = now.isBefore(life.readyAt());
        if (!life.deletedAt().equals(Instant.EPOCH)) {
            return inTransition ? Status.DELETING : Status.GONE;
        }
        if (!inTransition) {
            return Status.ACTIVE;
        }
        return life.updating() ? Status.UPDATING : Status.CREATING;
    }

    Arn arn(Scope scope) {
        return Arn.of("dynamodb", scope, "table/" + name);
    }

    String streamArn(Scope scope) {
        return arn(scope) + "/stream/" + stream.label();
    }

    Optional<SecondaryIndex> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    Table with(Life other) {
        return new Table(id, name, key, definitions, indexes, throughput, other, settings, stream, timeToLive, tags);
    }

    Table with(Settings other) {
        return new Table(id, name, key, definitions, indexes, throughput, life, other, stream, timeToLive, tags);
    }

    Table with(StreamSettings other) {
        return new Table(id, name, key, definitions, indexes, throughput, life, settings, other, timeToLive, tags);
    }

    Table with(TimeToLive other) {
        return new Table(id, name, key, definitions, indexes, throughput, life, settings, stream, other, tags);
    }

    Table with(Throughput other) {
        return new Table(id, name, key, definitions, indexes, other, life, settings, stream, timeToLive, tags);
    }

    Table withTags(SortedMap<String, String> others) {
        return new Table(id, name, key, definitions, indexes, throughput, life, settings, stream, timeToLive, others);
    }

    Table withIndexes(List<SecondaryIndex> others, List<KeyAttribute> otherDefinitions) {
        return new Table(id, name, key, otherDefinitions, others, throughput, life, settings, stream, timeToLive, tags);
    }

    /** With {@code index} in the place of its namesake. */
    Table replacing(SecondaryIndex index) {
        List<SecondaryIndex> replaced = new ArrayList<>(indexes);
        replaced.replaceAll(each -> each.name().equals(index.name()) ? index : each);
        return withIndexes(replaced, definitions);
    }
}
