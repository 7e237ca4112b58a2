package virga.services.s3;

import java.util.Optional;
import virga.cloud.UnitOfWork;
import virga.model.Schema;
import virga.model.Structure;
import virga.model.StructureCodec;
import virga.model.s3.BucketLifecycleConfiguration;
import virga.model.s3.CORSConfiguration;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.OwnershipControls;
import virga.model.s3.OwnershipControlsRule;
import virga.model.s3.PublicAccessBlockConfiguration;
import virga.model.s3.PutBucketPolicyRequest;
import virga.model.s3.ServerSideEncryptionConfiguration;
import virga.model.s3.Tagging;
import virga.store.Reading;

/** A setting of a bucket, kept as the structure that the model has for it. */
record BucketSetting<S extends Structure>(String name, Class<S> type, Schema schema) {
    static final BucketSetting<Tagging> TAGGING = new BucketSetting<>("tagging", Tagging.class, Tagging.SCHEMA);
    static final BucketSetting<CORSConfiguration> CORS =
            new BucketSetting<>("cors", CORSConfiguration.class, CORSConfiguration.SCHEMA);
    static final BucketSetting<ServerSideEncryptionConfiguration> ENCRYPTION = new BucketSetting<>(
            "encryption", ServerSideEncryptionConfiguration.class, ServerSideEncryptionConfiguration.SCHEMA);
    static final BucketSetting<PublicAccessBlockConfiguration> PUBLIC_ACCESS = new BucketSetting<>(
            "public-access", PublicAccessBlockConfiguration.class, PublicAccessBlockConfiguration.SCHEMA);
    static final BucketSetting<OwnershipControls> OWNERSHIP =
            new BucketSetting<>("ownership", OwnershipControls.class, OwnershipControls.SCHEMA);
    static final BucketSetting<NotificationConfiguration> NOTIFICATION =
            new BucketSetting<>("notification", NotificationConfiguration.class, NotificationConfiguration.SCHEMA);
    static final BucketSetting<BucketLifecycleConfiguration> LIFECYCLE =
            new BucketSetting<>("lifecycle", BucketLifecycleConfiguration.class, BucketLifecycleConfiguration.SCHEMA);
    /** The whole request: the document is its payload. */
    static final BucketSetting<PutBucketPolicyRequest> POLICY =
            new BucketSetting<>("policy", PutBucketPolicyRequest.class, PutBucketPolicyRequest.SCHEMA);

    static OwnershipControls owned(String ownership) {
        return OwnershipControls.builder()
                .rules(java.util.List.of(OwnershipControlsRule.builder()
                        .objectOwnership(ownership)
                        .build()))
                .build();
    }

    Optional<S> of(Reading reading, String bucket) {
        return reading.get(S3Keys.SETTING.key(bucket, name))
                .map(bytes -> type.cast(StructureCodec.decode(schema, bytes)));
    }

    void put(UnitOfWork work, String bucket, S value) {
        work.put(S3Keys.SETTING.key(bucket, name), StructureCodec.encode(value));
    }

    void remove(UnitOfWork work, String bucket) {
        work.delete(S3Keys.SETTING.key(bucket, name));
    }
}
