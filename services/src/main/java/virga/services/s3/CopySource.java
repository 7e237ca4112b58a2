package virga.services.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.Structure;
import virga.model.s3.HeadObjectRequest;
import virga.model.s3.S3;

/** What is copied: {@code bucket/key}, with {@code ?versionId=} where it is not the current version. */
record CopySource(String bucket, String key, Optional<String> versionId) {
    static CopySource parse(String header) {
        String path = header.startsWith("/") ? header.substring(1) : header;
        Optional<String> versionId = Optional.empty();
        int query = path.indexOf("?versionId=");
        if (query >= 0) {
            versionId = Optional.of(path.substring(query + "?versionId=".length()));
            path = path.substring(0, query);
        }
        // A plus is a plus here: the header is encoded like a path.
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        int cut = decoded.indexOf('/');
        if (cut <= 0 || cut == decoded.length() - 1) {
            throw S3Faults.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        return new CopySource(decoded.substring(0, cut), decoded.substring(cut + 1), versionId);
    }

    /** Finds the source as {@code call}'s principal, who must be allowed to read it. */
    StoredObject find(Call call, Structure input, Exchange exchange) {
        var read = exchange.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("s3"))
                .counted();
        exchange.call(
                read,
                S3.HEAD_OBJECT,
                HeadObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .versionId(versionId.orElse(null))
                        .expectedBucketOwner(
                                Members.text(input, "ExpectedSourceBucketOwner").orElse(null))
                        .build());
        StoredObject object = exchange.read(reading -> Objects.find(
                reading, Buckets.named(reading, bucket).orElseThrow(S3Faults::noSuchBucket), key, versionId));
        Preconditions.read(
                object,
                new Preconditions.Conditions(
                        Members.text(input, "CopySourceIfMatch"),
                        Members.text(input, "CopySourceIfNoneMatch"),
                        input.get("CopySourceIfModifiedSince").map(java.time.Instant.class::cast),
                        input.get("CopySourceIfUnmodifiedSince").map(java.time.Instant.class::cast)),
                S3Faults.preconditionFailed());
        return object;
    }
}
