package virga.services.s3;

import java.util.List;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Fault;
import virga.model.s3.DeleteBucketOwnershipControlsResponse;
import virga.model.s3.GetBucketAclOutput;
import virga.model.s3.GetBucketOwnershipControlsOutput;
import virga.model.s3.GetObjectAclOutput;
import virga.model.s3.Grant;
import virga.model.s3.Grantee;
import virga.model.s3.OwnershipControls;
import virga.model.s3.PutBucketAclResponse;
import virga.model.s3.PutBucketOwnershipControlsResponse;
import virga.model.s3.PutObjectAclOutput;
import virga.model.s3.S3;

/** ACLs as they are where the bucket's owner owns every object. Source: "Controlling ownership of objects", Amazon S3 User Guide. */
final class AccessControl {
    private static final OwnershipControls NOBODYS =
            OwnershipControls.builder().rules(List.of()).build();

    private AccessControl() {}

    static void bind(Binder binder) {
        S3Service.on(binder.atomic(S3.GET_BUCKET_ACL, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            return GetBucketAclOutput.builder()
                    .owner(Owners.of(bucket.account()))
                    .grants(fullControl(bucket))
                    .build();
        }));
        S3Service.on(binder.atomic(S3.GET_OBJECT_ACL, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            Objects.find(work, bucket, input.key(), input.versionId());
            return GetObjectAclOutput.builder()
                    .owner(Owners.of(bucket.account()))
                    .grants(fullControl(bucket))
                    .build();
        }));
        S3Service.on(binder.atomic(S3.PUT_BUCKET_ACL, (call, input, work) -> {
            refuseWithoutOwner(work, Buckets.of(work, input));
            Refusals.accessControl(input);
            return PutBucketAclResponse.builder().build();
        }));
        S3Service.on(binder.atomic(S3.PUT_OBJECT_ACL, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            Objects.find(work, bucket, input.key(), input.versionId());
            refuseWithoutOwner(work, bucket);
            Refusals.accessControl(input);
            return PutObjectAclOutput.builder().build();
        }));
        S3Service.on(binder.atomic(S3.PUT_BUCKET_OWNERSHIP_CONTROLS, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            var rules = input.ownershipControls().rules();
            if (rules.size() != 1) {
                throw S3Faults.malformedXml();
            } else if (!rules.getFirst().objectOwnership().equals("BucketOwnerEnforced")) {
                throw Fault.unsupported("s3:PutBucketOwnershipControls/ObjectOwnership/"
                        + rules.getFirst().objectOwnership());
            }
            BucketSetting.OWNERSHIP.put(work, bucket.name(), input.ownershipControls());
            return PutBucketOwnershipControlsResponse.builder().build();
        }));
        S3Service.on(binder.atomic(
                S3.GET_BUCKET_OWNERSHIP_CONTROLS,
                (call, input, work) -> GetBucketOwnershipControlsOutput.builder()
                        .ownershipControls(ownership(work, Buckets.of(work, input))
                                .orElseThrow(S3Faults::ownershipControlsNotFound))
                        .build()));
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_OWNERSHIP_CONTROLS, (call, input, work) -> {
                    BucketSetting.OWNERSHIP.put(work, Buckets.of(work, input).name(), NOBODYS);
                    return DeleteBucketOwnershipControlsResponse.builder().build();
                }))
                .action("s3:PutBucketOwnershipControls");
    }

    /** The ownership controls of a bucket: a new one has them, and they can be taken away. */
    private static Optional<OwnershipControls> ownership(UnitOfWork work, S3Bucket bucket) {
        return BucketSetting.OWNERSHIP
                .of(work, bucket.name())
                .or(() -> Optional.of(BucketSetting.owned("BucketOwnerEnforced")))
                .filter(controls -> !controls.rules().isEmpty());
    }

    /** Without ownership controls a bucket's objects have ACLs. */
    private static void refuseWithoutOwner(UnitOfWork work, S3Bucket bucket) {
        if (ownership(work, bucket).isEmpty()) {
            throw Fault.unsupported("the access control lists of a bucket without ownership controls");
        }
    }

    private static List<Grant> fullControl(S3Bucket bucket) {
        return List.of(Grant.builder()
                .grantee(Grantee.builder()
                        .type("CanonicalUser")
                        .id(Owners.canonicalId(bucket.account()))
                        .build())
                .permission("FULL_CONTROL")
                .build());
    }
}
