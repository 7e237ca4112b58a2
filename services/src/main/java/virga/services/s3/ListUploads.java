package virga.services.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.s3.ListMultipartUploadsOutput;
import virga.model.s3.ListMultipartUploadsRequest;
import virga.model.s3.ListPartsOutput;
import virga.model.s3.ListPartsRequest;
import virga.model.s3.MultipartUpload;
import virga.model.s3.Part;
import virga.store.KeyRange;
import virga.store.Reading;

/** What is being uploaded in parts. Source: ListMultipartUploads and ListParts, Amazon S3 API Reference. */
final class ListUploads {
    private ListUploads() {}

    static ListMultipartUploadsOutput uploads(Call call, ListMultipartUploadsRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        ListObjects.Names names = ListObjects.Names.of(input.encodingType());
        ListObjects.Question question = new ListObjects.Question(
                input.prefix().orElse(""),
                input.delimiter().orElse(""),
                input.keyMarker().orElse(""),
                input.maxUploads().orElse(ListObjects.MOST_KEYS));
        String marker = input.uploadIdMarker().orElse("");
        KeyRange all = S3Keys.UPLOAD.range(bucket.name());
        KeyRange range;
        if (question.after().compareTo(question.prefix()) <= 0 && marker.isEmpty()) {
            range = all.startingAt(
                    S3Keys.UPLOAD.range(bucket.name(), question.prefix()).from());
        } else if (marker.isEmpty()) {
            range = all.startingAt(
                    S3Keys.UPLOAD.range(bucket.name(), question.after()).to());
        } else {
            range = all.after(S3Keys.UPLOAD.key(bucket.name(), question.after(), marker));
        }
        ListObjects.Page page = ListObjects.page(work, S3Keys.UPLOAD, range, question);
        List<MultipartUpload> uploads = new ArrayList<>();
        String lastId = null;
        for (Reading.Entry row : page.rows()) {
            Upload upload = MultipartUploads.UPLOAD_ROW.decode(row.value());
            lastId = upload.uploadId();
            uploads.add(MultipartUpload.builder()
                    .uploadId(upload.uploadId())
                    .key(names.of(upload.key()))
                    .initiated(upload.initiatedAt())
                    .storageClass("STANDARD")
                    .owner(Owners.of(bucket.account()))
                    .initiator(Owners.initiator(upload.initiator()))
                    .checksumAlgorithm(upload.algorithm().map(Digest::name).orElse(null))
                    .checksumType(upload.algorithm().isPresent() ? upload.checksumType() : null)
                    .build());
        }
        return ListMultipartUploadsOutput.builder()
                .bucket(bucket.name())
                .prefix(names.of(question.prefix()))
                .delimiter(input.delimiter().map(names::of).orElse(null))
                .keyMarker(names.of(question.after()))
                .uploadIdMarker(marker)
                .encodingType(input.encodingType().orElse(null))
                .maxUploads(question.most())
                .isTruncated(page.truncated())
                .nextKeyMarker(page.truncated() ? names.of(page.last()) : null)
                .nextUploadIdMarker(page.truncated() ? lastId : null)
                .uploads(uploads)
                .commonPrefixes(ListObjects.prefixes(page, names))
                .build();
    }

    static ListPartsOutput parts(Call call, ListPartsRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        Upload upload = MultipartUploads.find(work, bucket, input.key(), input.uploadId());
        int most = Math.min(input.maxParts().orElse(ListObjects.MOST_KEYS), ListObjects.MOST_KEYS);
        int after = input.partNumberMarker().orElse(0);
        List<Upload.Received> left = MultipartUploads.parts(work, upload).stream()
                .filter(part -> part.segment().partNumber() > after)
                .toList();
        List<Part> shown = left.stream().limit(most).map(ListUploads::part).toList();
        return ListPartsOutput.builder()
                .bucket(bucket.name())
                .key(upload.key())
                .uploadId(upload.uploadId())
                .partNumberMarker(after)
                .nextPartNumberMarker(
                        shown.isEmpty() ? 0 : shown.getLast().partNumber().orElseThrow())
                .maxParts(most)
                .isTruncated(left.size() > shown.size())
                .parts(shown)
                .initiator(Owners.initiator(upload.initiator()))
                .owner(Owners.of(bucket.account()))
                .storageClass("STANDARD")
                .checksumAlgorithm(upload.algorithm().map(Digest::name).orElse(null))
                .checksumType(upload.algorithm().isPresent() ? upload.checksumType() : null)
                .build();
    }

    private static Part part(Upload.Received received) {
        Content.Segment segment = received.segment();
        Map<String, Object> members = new HashMap<>(segment.checksums());
        members.put("PartNumber", segment.partNumber());
        members.put("LastModified", received.receivedAt());
        members.put("ETag", '"' + segment.eTag() + '"');
        members.put("Size", segment.size());
        return Members.with(Part.class, Part.builder().build(), members);
    }
}
