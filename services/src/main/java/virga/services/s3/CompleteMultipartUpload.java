package virga.services.s3;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import virga.cloud.Atomic;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.s3.CompleteMultipartUploadOutput;
import virga.model.s3.CompleteMultipartUploadRequest;
import virga.model.s3.CompletedMultipartUpload;
import virga.model.s3.CompletedPart;

/** Makes an object of its parts, without moving a byte. Source: CompleteMultipartUpload, Amazon S3 API Reference. */
final class CompleteMultipartUpload implements Atomic<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> {
    private final S3Limits limits;
    private final Contents contents;
    private final Objects objects;
    private final Notifications notifications;

    CompleteMultipartUpload(S3Limits limits, Contents contents, Objects objects, Notifications notifications) {
        this.limits = limits;
        this.contents = contents;
        this.objects = objects;
        this.notifications = notifications;
    }

    @Override
    public CompleteMultipartUploadOutput handle(Call call, CompleteMultipartUploadRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        Upload upload = MultipartUploads.find(work, bucket, input.key(), input.uploadId());
        List<CompletedPart> asked =
                input.multipartUpload().map(CompletedMultipartUpload::parts).orElse(List.of());
        Content content = content(upload, chosen(work, upload, asked));
        verify(input, content);
        Preconditions.write(Objects.current(work, bucket, input.key()), input.ifMatch(), input.ifNoneMatch());
        MultipartUploads.remove(
                contents,
                work,
                upload,
                content.segments().stream().map(Content.Segment::contentId).collect(Collectors.toSet()));
        StoredObject object =
                objects.put(call, work, bucket, input.key(), content, upload.description(), upload.tags());
        notifications.created(call, work, bucket, object, "ObjectCreated:CompleteMultipartUpload");
        CompleteMultipartUploadOutput output = CompleteMultipartUploadOutput.builder()
                .bucket(bucket.name())
                .key(input.key())
                .location("https://" + bucket.name() + ".s3." + bucket.region() + ".amazonaws.com/" + input.key())
                .eTag(content.quotedETag())
                .checksumType(content.checksumType())
                .versionId(PutObject.shownVersion(object))
                .serverSideEncryption("AES256")
                .build();
        return Members.with(CompleteMultipartUploadOutput.class, output, content.checksums());
    }

    private List<Content.Segment> chosen(UnitOfWork work, Upload upload, List<CompletedPart> asked) {
        if (asked.isEmpty()) {
            throw S3Faults.malformedXml();
        }
        Map<Integer, Content.Segment> received = new HashMap<>();
        MultipartUploads.parts(work, upload)
                .forEach(part -> received.put(part.segment().partNumber(), part.segment()));
        List<Content.Segment> chosen = new ArrayList<>();
        int before = 0;
        for (CompletedPart part : asked) {
            int number = part.partNumber().orElseThrow(S3Faults::malformedXml);
            if (number <= before) {
                throw new Fault(
                        "InvalidPartOrder",
                        400,
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            before = number;
            Content.Segment segment = received.get(number);
            String eTag = part.eTag().orElse("").replace("\"", "");
            boolean same = segment != null
                    && segment.eTag().equals(eTag)
                    && segment.checksums().entrySet().stream()
                            .allMatch(known -> Members.text(part, known.getKey())
                                    .map(known.getValue()::equals)
                                    .orElse(true));
            if (!same) {
                throw new Fault(
                        "InvalidPart",
                        400,
                        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the"
                                + " specified entity tag may not match the part's entity tag.");
            }
            chosen.add(segment);
        }
        if (chosen.stream().limit(chosen.size() - 1L).anyMatch(part -> part.size() < limits.partBytes())) {
            throw new Fault("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size");
        }
        return chosen;
    }

    private static Content content(Upload upload, List<Content.Segment> parts) {
        Digest.Running md5 = Digest.MD5.start();
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.eTag()), 0, Digest.MD5.bytes()));
        String eTag = HexFormat.of().formatHex(md5.finish()) + "-" + parts.size();
        Digest digest = upload.digest();
        String checksum = upload.checksumType().equals("COMPOSITE") ? composite(digest, parts) : joined(digest, parts);
        return new Content(parts, eTag, Map.of(digest.member(), checksum), upload.checksumType());
    }

    /** The checksum of the parts' checksums. */
    private static String composite(Digest digest, List<Content.Segment> parts) {
        Digest.Running all = digest.start();
        parts.forEach(part ->
                all.update(Base64.getDecoder().decode(part.checksums().get(digest.member())), 0, digest.bytes()));
        return all.base64() + "-" + parts.size();
    }

    private static String joined(Digest digest, List<Content.Segment> parts) {
        String checksum = parts.getFirst().checksums().get(digest.member());
        for (Content.Segment part : parts.subList(1, parts.size())) {
            checksum = digest.joined(checksum, part.checksums().get(digest.member()), part.size());
        }
        return checksum;
    }

    private static void verify(CompleteMultipartUploadRequest input, Content content) {
        if (input.mpuObjectSize().filter(size -> size != content.size()).isPresent()) {
            throw S3Faults.invalidRequest("The provided 'x-amz-mp-object-size' header value "
                    + input.mpuObjectSize().get() + " does not match what was computed: " + content.size());
        }
        content.checksums()
                .forEach((member, value) -> Members.text(input, member).ifPresent(given -> {
                    String bare = given.contains("-") ? given : value.replaceFirst("-\\d+$", "");
                    if (!given.equals(bare)) {
                        throw new Fault(
                                "BadDigest",
                                400,
                                "The " + member.substring("Checksum".length()).toLowerCase(java.util.Locale.ROOT)
                                        + " you specified did not match the calculated checksum.");
                    }
                }));
    }
}
