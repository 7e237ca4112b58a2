package virga.services.s3;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.s3.Checksum;
import virga.model.s3.GetObjectAttributesOutput;
import virga.model.s3.GetObjectAttributesParts;
import virga.model.s3.GetObjectAttributesRequest;
import virga.model.s3.ObjectPart;

/** Source: GetObjectAttributes, Amazon S3 API Reference. */
final class GetObjectAttributes {
    private GetObjectAttributes() {}

    static GetObjectAttributesOutput get(Call call, GetObjectAttributesRequest input, UnitOfWork work) {
        Refusals.ofObject(input);
        StoredObject object = Objects.find(work, Buckets.of(work, input), input.key(), input.versionId());
        Content content = object.content();
        Map<String, Object> members = new HashMap<>();
        members.put("LastModified", object.modifiedAt());
        members.put("VersionId", PutObject.shownVersion(object));
        for (String attribute : input.objectAttributes()) {
            switch (attribute) {
                case "ETag" -> members.put("ETag", content.eTag());
                case "ObjectSize" -> members.put("ObjectSize", content.size());
                case "StorageClass" -> members.put("StorageClass", "STANDARD");
                case "Checksum" -> members.put("Checksum", checksum(content));
                case "ObjectParts" -> {
                    if (content.isMultipart()) {
                        members.put("ObjectParts", parts(input, content));
                    }
                }
                default -> throw S3Faults.invalidArgument("Invalid attribute name specified.");
            }
        }
        return Members.with(
                GetObjectAttributesOutput.class,
                GetObjectAttributesOutput.builder().build(),
                members);
    }

    private static Checksum checksum(Content content) {
        Map<String, Object> members = new HashMap<>();
        // Without the count of parts that the header has.
        content.checksums().forEach((member, value) -> members.put(member, value.replaceFirst("-\\d+$", "")));
        members.put("ChecksumType", content.checksumType());
        return Members.with(Checksum.class, Checksum.builder().build(), members);
    }

    private static GetObjectAttributesParts parts(GetObjectAttributesRequest input, Content content) {
        int most = Math.min(input.maxParts().orElse(ListObjects.MOST_KEYS), ListObjects.MOST_KEYS);
        int after = input.partNumberMarker().orElse(0);
        List<Content.Segment> left = content.segments().stream()
                .filter(part -> part.partNumber() > after)
                .toList();
        List<Content.Segment> shown = left.stream().limit(most).toList();
        return GetObjectAttributesParts.builder()
                .totalPartsCount(content.segments().size())
                .partNumberMarker(after)
                .nextPartNumberMarker(shown.isEmpty() ? 0 : shown.getLast().partNumber())
                .maxParts(most)
                .isTruncated(left.size() > shown.size())
                .parts(shown.stream().map(GetObjectAttributes::part).toList())
                .build();
    }

    private static ObjectPart part(Content.Segment segment) {
        Map<String, Object> members = new HashMap<>(segment.checksums());
        members.put("PartNumber", segment.partNumber());
        members.put("Size", segment.size());
        return Members.with(ObjectPart.class, ObjectPart.builder().build(), members);
    }
}
