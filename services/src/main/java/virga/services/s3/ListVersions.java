package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.s3.DeleteMarkerEntry;
import virga.model.s3.ListObjectVersionsOutput;
import virga.model.s3.ListObjectVersionsRequest;
import virga.model.s3.ObjectVersion;
import virga.store.KeyRange;
import virga.store.Reading;

/** Pages of versions, the newest of each key first. Source: ListObjectVersions, Amazon S3 API Reference. */
final class ListVersions {
    private ListVersions() {}

    static ListObjectVersionsOutput versions(Call call, ListObjectVersionsRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        ListObjects.Names names = ListObjects.Names.of(input.encodingType());
        ListObjects.Question question = new ListObjects.Question(
                input.prefix().orElse(""),
                input.delimiter().orElse(""),
                input.keyMarker().orElse(""),
                input.maxKeys().orElse(ListObjects.MOST_KEYS));
        ListObjects.Page page = ListObjects.page(
                work, S3Keys.VERSION, range(work, bucket, question, input.versionIdMarker()), question);
        List<ObjectVersion> versions = new ArrayList<>();
        List<DeleteMarkerEntry> markers = new ArrayList<>();
        StoredObject last = null;
        for (Reading.Entry row : page.rows()) {
            last = S3Keys.OBJECT_ROW.decode(row.value());
            boolean latest = work.first(S3Keys.VERSION.range(bucket.name(), last.key()), Reading.Direction.FORWARD)
                    .map(first -> first.key().equals(row.key()))
                    .orElse(false);
            if (last.deleteMarker()) {
                markers.add(marker(bucket, last, latest, names));
            } else {
                versions.add(version(bucket, last, latest, names));
            }
        }
        boolean endsWithVersion = last != null && last.key().equals(page.last());
        return ListObjectVersionsOutput.builder()
                .name(bucket.name())
                .prefix(names.of(question.prefix()))
                .delimiter(input.delimiter().map(names::of).orElse(null))
                .keyMarker(names.of(question.after()))
                .versionIdMarker(input.versionIdMarker().orElse(""))
                .encodingType(input.encodingType().orElse(null))
                .maxKeys(question.most())
                .isTruncated(page.truncated())
                .nextKeyMarker(page.truncated() ? names.of(page.last()) : null)
                .nextVersionIdMarker(page.truncated() && endsWithVersion ? last.versionId() : null)
                .versions(versions)
                .deleteMarkers(markers)
                .commonPrefixes(ListObjects.prefixes(page, names))
                .build();
    }

    private static KeyRange range(
            Reading reading, S3Bucket bucket, ListObjects.Question question, Optional<String> versionMarker) {
        KeyRange all = S3Keys.VERSION.range(bucket.name());
        String marker = question.after();
        if (marker.isEmpty() && versionMarker.filter(id -> !id.isEmpty()).isPresent()) {
            throw S3Faults.invalidArgument("A version-id marker cannot be specified without a key marker.");
        }
        if (marker.compareTo(question.prefix()) <= 0 && versionMarker.isEmpty()) {
            return all.startingAt(
                    S3Keys.VERSION.range(bucket.name(), question.prefix()).from());
        }
        KeyRange ofKey = S3Keys.VERSION.range(bucket.name(), marker);
        try (Stream<Reading.Entry> rows = reading.scan(ofKey)) {
            Optional<Reading.Entry> at = rows.filter(row ->
                            S3Keys.OBJECT_ROW.decode(row.value()).versionId().equals(versionMarker.orElse("")))
                    .findFirst();
            return at.map(row -> all.after(row.key())).orElse(all.startingAt(ofKey.to()));
        }
    }

    private static ObjectVersion version(
            S3Bucket bucket, StoredObject object, boolean latest, ListObjects.Names names) {
        return ObjectVersion.builder()
                .key(names.of(object.key()))
                .versionId(object.versionId())
                .isLatest(latest)
                .lastModified(object.modifiedAt())
                .eTag(object.content().quotedETag())
                .size(object.content().size())
                .storageClass("STANDARD")
                .checksumAlgorithm(ListObjects.algorithms(object.content()))
                .checksumType(object.content().checksumType())
                .owner(Owners.of(bucket.account()))
                .build();
    }

    private static DeleteMarkerEntry marker(
            S3Bucket bucket, StoredObject object, boolean latest, ListObjects.Names names) {
        return DeleteMarkerEntry.builder()
                .key(names.of(object.key()))
                .versionId(object.versionId())
                .isLatest(latest)
                .lastModified(object.modifiedAt())
                .owner(Owners.of(bucket.account()))
                .build();
    }
}
