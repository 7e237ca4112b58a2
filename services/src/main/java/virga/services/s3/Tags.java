package virga.services.s3;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.Binder;
import virga.kernel.Fault;
import virga.model.s3.DeleteBucketTaggingResponse;
import virga.model.s3.DeleteObjectTaggingOutput;
import virga.model.s3.GetBucketTaggingOutput;
import virga.model.s3.GetObjectTaggingOutput;
import virga.model.s3.PutBucketTaggingResponse;
import virga.model.s3.PutObjectTaggingOutput;
import virga.model.s3.S3;
import virga.model.s3.Tag;

/** Tags of buckets and of objects. Source: PutBucketTagging, PutObjectTagging, Amazon S3 API Reference. */
final class Tags {
    private static final int MOST_OBJECT_TAGS = 10;
    private static final int MOST_BUCKET_TAGS = 50;

    private Tags() {}

    static void bind(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_BUCKET_TAGGING, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            checked(input.tagging().tagSet(), MOST_BUCKET_TAGS);
            BucketSetting.TAGGING.put(work, bucket.name(), input.tagging());
            return PutBucketTaggingResponse.builder().build();
        }));
        S3Service.on(binder.atomic(
                S3.GET_BUCKET_TAGGING,
                (call, input, work) -> GetBucketTaggingOutput.builder()
                        .tagSet(BucketSetting.TAGGING
                                .of(work, Buckets.of(work, input).name())
                                .orElseThrow(() -> new Fault("NoSuchTagSet", 404, "The TagSet does not exist"))
                                .tagSet())
                        .build()));
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_TAGGING, (call, input, work) -> {
                    BucketSetting.TAGGING.remove(work, Buckets.of(work, input).name());
                    return DeleteBucketTaggingResponse.builder().build();
                }))
                .action("s3:PutBucketTagging");
        S3Service.on(binder.atomic(S3.PUT_OBJECT_TAGGING, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            StoredObject object = Objects.find(work, bucket, input.key(), input.versionId());
            Objects.retag(work, bucket, object, checked(input.tagging().tagSet(), MOST_OBJECT_TAGS));
            return PutObjectTaggingOutput.builder()
                    .versionId(PutObject.shownVersion(object))
                    .build();
        }));
        S3Service.on(binder.atomic(S3.GET_OBJECT_TAGGING, (call, input, work) -> {
            StoredObject object = Objects.find(work, Buckets.of(work, input), input.key(), input.versionId());
            return GetObjectTaggingOutput.builder()
                    .tagSet(set(object.tags()))
                    .versionId(PutObject.shownVersion(object))
                    .build();
        }));
        S3Service.on(binder.atomic(S3.DELETE_OBJECT_TAGGING, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            StoredObject object = Objects.find(work, bucket, input.key(), input.versionId());
            Objects.retag(work, bucket, object, Map.of());
            return DeleteObjectTaggingOutput.builder()
                    .versionId(PutObject.shownVersion(object))
                    .build();
        }));
    }

    private static Map<String, String> checked(List<Tag> tags, int most) {
        Map<String, String> sorted = new TreeMap<>();
        for (Tag tag : tags) {
            if (sorted.put(tag.key(), tag.value()) != null) {
                throw new Fault("InvalidTag", 400, "Cannot provide multiple Tags with the same key");
            }
        }
        PutObject.checkTags(sorted, most);
        return sorted;
    }

    static List<Tag> set(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
