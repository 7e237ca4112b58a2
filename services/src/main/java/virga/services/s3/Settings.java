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
record Settings<S extends Structure>(String name, Class<S> type, Schema schema) {
    static final Settings<Tagging> TAGGING = new Settings<>("tagging", Tagging.class, Tagging.SCHEMA);
    static final Settings<CORSConfiguration> CORS =
            new Settings<>("cors", CORSConfiguration.class, CORSConfiguration.SCHEMA);
    static final Settings<ServerSideEncryptionConfiguration> ENCRYPTION = new Settings<>(
            "encryption", ServerSideEncryptionConfiguration.class, ServerSideEncryptionConfiguration.SCHEMA);
    static final Settings<PublicAccessBlockConfiguration> PUBLIC_ACCESS = new Settings<>(
            "public-access", PublicAccessBlockConfiguration.class, PublicAccessBlockConfiguration.SCHEMA);
    static final Settings<OwnershipControls> OWNERSHIP =
            new Settings<>("ownership", OwnershipControls.class, OwnershipControls.SCHEMA);
    static final Settings<NotificationConfiguration> NOTIFICATION =
            new Settings<>("notification", NotificationConfiguration.class, NotificationConfiguration.SCHEMA);
    static final Settings<BucketLifecycleConfiguration> LIFECYCLE =
            new Settings<>("lifecycle", BucketLifecycleConfiguration.class, BucketLifecycleConfiguration.SCHEMA);
    /** The whole request: the document is its payload. */
    static final Settings<PutBucketPolicyRequest> POLICY =
            new Settings<>("policy", PutBucketPolicyRequest.class, PutBucketPolicyRequest.SCHEMA);

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
