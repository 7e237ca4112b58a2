package virga.services.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.model.s3.BucketLifecycleConfiguration;
import virga.model.s3.LifecycleExpiration;
import virga.model.s3.LifecycleRule;
import virga.store.Reading;
import virga.store.RecordCodec;

/**
 * Lets objects, old versions and unfinished uploads expire, at midnight UTC of the day after their time. Source: "Expiring objects" and
 * "Setting lifecycle configuration on a bucket", Amazon S3 User Guide.
 */
final class Lifecycle implements TaskHandler<Lifecycle.Round> {
    static final TaskKind<Round> KIND = new TaskKind<>("s3/lifecycle", RecordCodec.of(Round.class));

    private final Contents contents;
    private final Objects objects;
    private final Notifications notifications;

    Lifecycle(Contents contents, Objects objects, Notifications notifications) {
        this.contents = contents;
        this.objects = objects;
        this.notifications = notifications;
    }

    /** One night's work on a bucket. */
    record Round(String bucket) {}

    static void schedule(UnitOfWork work, String bucket) {
        work.schedule(KIND, bucket, midnightAfter(work.now()), new Round(bucket));
    }

    private static Instant midnightAfter(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    }

    @Override
    public Result run(Task<Round> task, Environment environment) {
        String name = task.payload().bucket();
        Instant now = environment.ports().clock().now();
        Optional<S3Bucket> bucket = environment.read(reading -> Buckets.named(reading, name));
        Optional<BucketLifecycleConfiguration> configuration =
                environment.read(reading -> BucketSetting.LIFECYCLE.of(reading, name));
        if (bucket.isEmpty() || configuration.isEmpty()) {
            return Result.DONE;
        }
        Principal service = new Principal.Service(
                bucket.get().account(), "s3.amazonaws.com", bucket.get().arn());
        Call call = environment.newCall(bucket.get().scope(task.scope()), service, task.cause());
        for (LifecycleRule rule : configuration.get().rules()) {
            if (rule.status().equals("Enabled")) {
                expire(environment, call, bucket.get(), rule, now);
                abort(environment, call, bucket.get(), rule, now);
            }
        }
        return Result.again(midnightAfter(now));
    }

    private void expire(Environment environment, Call call, S3Bucket bucket, LifecycleRule rule, Instant now) {
        for (String key : environment.read(reading -> keys(reading, bucket))) {
            environment.transact(call, work -> {
                List<StoredObject> versions = versions(work, bucket, key);
                if (!versions.isEmpty()) {
                    expire(call, work, bucket, rule, versions, now);
                }
                return versions;
            });
        }
    }

    private static List<String> keys(Reading reading, S3Bucket bucket) {
        try (Stream<Reading.Entry> rows = reading.scan(S3Keys.VERSION.range(bucket.name()))) {
            return rows.map(row -> S3Keys.VERSION.text(row.key(), 1)).distinct().toList();
        }
    }

    /** The newest first. */
    private static List<StoredObject> versions(Reading reading, S3Bucket bucket, String key) {
        try (Stream<Reading.Entry> rows = reading.scan(S3Keys.VERSION.range(bucket.name(), key))) {
            return rows.map(row -> S3Keys.OBJECT_ROW.decode(row.value())).toList();
        }
    }

    private void expire(
            Call call, UnitOfWork work, S3Bucket bucket, LifecycleRule rule, List<StoredObject> versions, Instant now) {
        StoredObject newest = versions.getFirst();
        List<StoredObject> kept = new ArrayList<>(versions.subList(1, versions.size()));
        for (StoredObject old : noncurrent(rule, versions, now)) {
            Objects.Removal removal = objects.remove(call, work, bucket, old.key(), Optional.of(old.versionId()));
            notifications.expired(call, work, bucket, old.key(), new Objects.Removal(removal.versionId(), false, true));
            kept.remove(old);
        }
        if (rule.expiration().isEmpty()) {
            return;
        }
        LifecycleExpiration expiration = rule.expiration().get();
        boolean lonelyMarker = newest.deleteMarker() && kept.isEmpty();
        if (lonelyMarker
                && expiration.expiredObjectDeleteMarker().orElse(false)
                && LifecycleRules.covers(rule, newest)) {
            objects.remove(call, work, bucket, newest.key(), Optional.of(newest.versionId()));
        } else if (!newest.deleteMarker()
                && LifecycleRules.covers(rule, newest)
                && LifecycleRules.isDue(expiration, newest.modifiedAt(), now)) {
            Objects.Removal removal = objects.remove(call, work, bucket, newest.key(), Optional.empty());
            notifications.expired(call, work, bucket, newest.key(), removal);
        }
    }

    private static List<StoredObject> noncurrent(LifecycleRule rule, List<StoredObject> versions, Instant now) {
        List<StoredObject> due = new ArrayList<>();
        rule.noncurrentVersionExpiration().ifPresent(expiration -> {
            int spared = expiration.newerNoncurrentVersions().orElse(0);
            for (int i = 1 + spared; i < versions.size(); i++) {
                // A version is noncurrent from the moment that the next one was written.
                Instant since = versions.get(i - 1).modifiedAt();
                int days = expiration.noncurrentDays().orElse(0);
                if (LifecycleRules.covers(rule, versions.get(i))
                        && !LifecycleRules.after(since, days).isAfter(now)) {
                    due.add(versions.get(i));
                }
            }
        });
        return due;
    }

    private void abort(Environment environment, Call call, S3Bucket bucket, LifecycleRule rule, Instant now) {
        rule.abortIncompleteMultipartUpload()
                .ifPresent(abort -> environment.transact(call, work -> {
                    List<Upload> uploads;
                    try (Stream<Reading.Entry> rows = work.scan(S3Keys.UPLOAD.range(bucket.name()))) {
                        uploads = rows.map(row -> MultipartUploads.UPLOAD_ROW.decode(row.value()))
                                .filter(upload -> upload.key().startsWith(LifecycleRules.prefix(rule)))
                                .filter(upload -> !LifecycleRules.after(
                                                upload.initiatedAt(),
                                                abort.daysAfterInitiation().orElse(0))
                                        .isAfter(now))
                                .toList();
                    }
                    uploads.forEach(upload -> MultipartUploads.remove(contents, work, upload, java.util.Set.of()));
                    return uploads;
                }));
    }
}
