package virga.services.s3;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.store.KeyRange;
import virga.store.Reading;

/** The versions of objects: what is current, what a write or a deletion does to them. */
final class Objects {
    private final Contents contents;

    Objects(Contents contents) {
        this.contents = contents;
    }

    static Optional<StoredObject> current(Reading reading, S3Bucket bucket, String key) {
        return reading.get(S3Keys.current(bucket.name(), key), S3Keys.OBJECT_ROW);
    }

    /** The object that a reader means. {@code versionId} may be empty. */
    static StoredObject find(Reading reading, S3Bucket bucket, String key, Optional<String> versionId) {
        if (versionId.isEmpty()) {
            return current(reading, bucket, key)
                    .orElseThrow(() -> newest(reading, bucket, key)
                            .filter(StoredObject::deleteMarker)
                            .map(S3Faults::hidden)
                            .orElseGet(S3Faults::noSuchKey));
        }
        StoredObject found = version(reading, bucket, key, versionId.get()).orElseThrow(S3Faults::noSuchVersion);
        if (found.deleteMarker()) {
            throw S3Faults.isMarker(found);
        }
        return found;
    }

    private static Optional<StoredObject> version(Reading reading, S3Bucket bucket, String key, String versionId) {
        if (versionId.isEmpty()) {
            throw S3Faults.invalidArgument("Version id cannot be the empty string");
        }
        try (Stream<Reading.Entry> rows = reading.scan(S3Keys.VERSION.range(bucket.name(), key))) {
            return rows.map(row -> S3Keys.OBJECT_ROW.decode(row.value()))
                    .filter(object -> object.versionId().equals(versionId))
                    .findFirst();
        }
    }

    private static Optional<StoredObject> newest(Reading reading, S3Bucket bucket, String key) {
        KeyRange versions = S3Keys.VERSION.range(bucket.name(), key);
        return reading.first(versions, Reading.Direction.FORWARD).map(row -> S3Keys.OBJECT_ROW.decode(row.value()));
    }

    /** A new version; in a bucket that is not versioned it takes the place of the one there is. */
    StoredObject put(
            Call call,
            UnitOfWork work,
            S3Bucket bucket,
            String key,
            Content content,
            StoredObject.Description description,
            Map<String, String> tags) {
        return add(
                call,
                work,
                bucket,
                new StoredObject(
                        key, "", 0, false, content, description, tags, work.now(), call.causeOfWhatFollows("s3")));
    }

    private StoredObject add(Call call, UnitOfWork work, S3Bucket bucket, StoredObject draft) {
        long number =
                newest(work, bucket, draft.key()).map(StoredObject::number).orElse(0L) + 1;
        String versionId = StoredObject.NULL_VERSION;
        if (bucket.versioning() == S3Bucket.Versioning.ENABLED) {
            versionId = work.ids().alphanumeric(32);
        } else {
            version(work, bucket, draft.key(), versionId).ifPresent(old -> erase(work, bucket, old));
        }
        StoredObject added = new StoredObject(
                draft.key(),
                versionId,
                number,
                draft.deleteMarker(),
                draft.content(),
                draft.description(),
                draft.tags(),
                draft.modifiedAt(),
                draft.cause());
        keep(work, bucket, added);
        if (added.deleteMarker()) {
            work.delete(S3Keys.current(bucket.name(), added.key()));
        } else {
            work.put(S3Keys.current(bucket.name(), added.key()), added, S3Keys.OBJECT_ROW);
        }
        return added;
    }

    private static void keep(UnitOfWork work, S3Bucket bucket, StoredObject object) {
        work.put(S3Keys.version(bucket.name(), object), object, S3Keys.OBJECT_ROW);
    }

    /** Other tags for a version that is there. */
    static void retag(UnitOfWork work, S3Bucket bucket, StoredObject object, Map<String, String> tags) {
        StoredObject changed = object.withTags(tags);
        keep(work, bucket, changed);
        boolean isCurrent = current(work, bucket, object.key())
                .filter(current -> current.number() == object.number())
                .isPresent();
        if (isCurrent) {
            work.put(S3Keys.current(bucket.name(), object.key()), changed, S3Keys.OBJECT_ROW);
        }
    }

    private void erase(UnitOfWork work, S3Bucket bucket, StoredObject object) {
        work.delete(S3Keys.version(bucket.name(), object));
        contents.release(work, object.content());
    }

    /**
     * What a deletion did.
     *
     * @param versionId of the version that was deleted, or of the delete marker that was made; empty where the bucket has no versions
     * @param marker whether a delete marker was made, or deleted
     * @param changed whether there was anything to delete
     */
    record Removal(String versionId, boolean marker, boolean changed) {}

    Removal remove(Call call, UnitOfWork work, S3Bucket bucket, String key, Optional<String> versionId) {
        if (versionId.isPresent()) {
            return removeVersion(work, bucket, key, versionId.get());
        }
        if (bucket.versioning() == S3Bucket.Versioning.NONE) {
            Optional<StoredObject> old = current(work, bucket, key);
            old.ifPresent(object -> {
                erase(work, bucket, object);
                work.delete(S3Keys.current(bucket.name(), key));
            });
            return new Removal("", false, old.isPresent());
        }
        StoredObject marker = add(
                call,
                work,
                bucket,
                new StoredObject(
                        key,
                        "",
                        0,
                        true,
                        Content.EMPTY,
                        StoredObject.Description.NONE,
                        Map.of(),
                        work.now(),
                        call.causeOfWhatFollows("s3")));
        return new Removal(marker.versionId(), true, true);
    }

    private Removal removeVersion(UnitOfWork work, S3Bucket bucket, String key, String versionId) {
        Optional<StoredObject> old = version(work, bucket, key, versionId);
        old.ifPresent(object -> {
            erase(work, bucket, object);
            Optional<StoredObject> next = newest(work, bucket, key).filter(newest -> !newest.deleteMarker());
            if (next.isPresent()) {
                work.put(S3Keys.current(bucket.name(), key), next.get(), S3Keys.OBJECT_ROW);
            } else {
                work.delete(S3Keys.current(bucket.name(), key));
            }
        });
        return new Removal(versionId, old.map(StoredObject::deleteMarker).orElse(false), old.isPresent());
    }
}
