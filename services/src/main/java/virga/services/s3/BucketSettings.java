package virga.services.s3;

import java.util.List;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.s3.*;
import virga.store.Reading;

/** Reads and writes the settings of buckets. Source: the operations named here, Amazon S3 API Reference. */
final class BucketSettings {
    private BucketSettings() {}

    static void bind(Binder binder) {
        bindVersioning(binder);
        bindPolicy(binder);
        bindAccess(binder);
        bindSharing(binder);
        bindAbsent(binder);
    }

    private static void bindVersioning(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_BUCKET_VERSIONING, BucketSettings::versioning));
        S3Service.on(binder.atomic(S3.GET_BUCKET_VERSIONING, (call, input, work) -> {
            var output = GetBucketVersioningOutput.builder();
            return switch (Buckets.of(work, input).versioning()) {
                case NONE -> output.build();
                case ENABLED -> output.status("Enabled").build();
                case SUSPENDED -> output.status("Suspended").build();
            };
        }));
    }

    private static PutBucketVersioningResponse versioning(
            Call call, PutBucketVersioningRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        var configuration = input.versioningConfiguration();
        if (configuration.mfaDelete().filter("Enabled"::equals).isPresent()) {
            throw Fault.unsupported("s3:PutBucketVersioning/VersioningConfiguration/MFADelete");
        }
        var versioning = switch (configuration.status().orElse("")) {
            case "Enabled" -> S3Bucket.Versioning.ENABLED;
            case "Suspended" -> S3Bucket.Versioning.SUSPENDED;
            case "" ->
                throw new Fault(
                        "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
            default -> throw S3Faults.malformedXml();
        };
        Buckets.keep(work, bucket.with(versioning));
        return PutBucketVersioningResponse.builder().build();
    }

    private static void bindPolicy(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_BUCKET_POLICY, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            BucketPolicy policy = BucketPolicy.parse(input.policy(), bucket);
            if (policy.isPublic()
                    && publicAccess(work, bucket).blockPublicPolicy().orElse(false)) {
                throw new Fault(
                        "AccessDenied",
                        403,
                        "User: " + call.principal().arn()
                                + " is not authorized to perform: s3:PutBucketPolicy on resource: \"" + bucket.arn()
                                + "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
            }
            BucketSetting.POLICY.put(work, bucket.name(), input);
            return PutBucketPolicyResponse.builder().build();
        }));
        S3Service.on(binder.atomic(
                S3.GET_BUCKET_POLICY,
                (call, input, work) -> GetBucketPolicyOutput.builder()
                        .policy(policy(work, Buckets.of(work, input)).policy())
                        .build()));
        S3Service.on(binder.atomic(S3.GET_BUCKET_POLICY_STATUS, (call, input, work) -> {
            S3Bucket bucket = Buckets.of(work, input);
            boolean open =
                    BucketPolicy.parse(policy(work, bucket).policy(), bucket).isPublic();
            return GetBucketPolicyStatusOutput.builder()
                    .policyStatus(PolicyStatus.builder().isPublic(open).build())
                    .build();
        }));
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_POLICY, (call, input, work) -> {
            BucketSetting.POLICY.remove(work, Buckets.of(work, input).name());
            return DeleteBucketPolicyResponse.builder().build();
        }));
    }

    private static PutBucketPolicyRequest policy(UnitOfWork work, S3Bucket bucket) {
        return BucketSetting.POLICY
                .of(work, bucket.name())
                .orElseThrow(() -> new Fault("NoSuchBucketPolicy", 404, "The bucket policy does not exist"));
    }

    /** New buckets block all public access. Source: "Default settings for new S3 buckets FAQ", Amazon S3 User Guide. */
    private static final PublicAccessBlockConfiguration BLOCKED = PublicAccessBlockConfiguration.builder()
            .blockPublicAcls(true)
            .ignorePublicAcls(true)
            .blockPublicPolicy(true)
            .restrictPublicBuckets(true)
            .build();
    /** What is left once the configuration is deleted, which is told from never having set one. */
    private static final PublicAccessBlockConfiguration REMOVED =
            PublicAccessBlockConfiguration.builder().build();

    private static PublicAccessBlockConfiguration publicAccess(Reading work, S3Bucket bucket) {
        return BucketSetting.PUBLIC_ACCESS.of(work, bucket.name()).orElse(BLOCKED);
    }

    /** Whether the bucket's policy is public, and its public access block keeps everybody but the owner's account and services out. */
    static boolean isRestricted(Reading reading, S3Bucket bucket) {
        return publicAccess(reading, bucket).restrictPublicBuckets().orElse(false)
                && BucketSetting.POLICY
                        .of(reading, bucket.name())
                        .filter(kept ->
                                BucketPolicy.parse(kept.policy(), bucket).isPublic())
                        .isPresent();
    }

    private static void bindAccess(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_PUBLIC_ACCESS_BLOCK, (call, input, work) -> {
                    PublicAccessBlockConfiguration asked = input.publicAccessBlockConfiguration();
                    BucketSetting.PUBLIC_ACCESS.put(
                            work,
                            Buckets.of(work, input).name(),
                            PublicAccessBlockConfiguration.builder()
                                    .blockPublicAcls(asked.blockPublicAcls().orElse(false))
                                    .ignorePublicAcls(asked.ignorePublicAcls().orElse(false))
                                    .blockPublicPolicy(asked.blockPublicPolicy().orElse(false))
                                    .restrictPublicBuckets(
                                            asked.restrictPublicBuckets().orElse(false))
                                    .build());
                    return PutPublicAccessBlockResponse.builder().build();
                }))
                .action("s3:PutBucketPublicAccessBlock");
        S3Service.on(binder.atomic(S3.GET_PUBLIC_ACCESS_BLOCK, (call, input, work) -> {
                    PublicAccessBlockConfiguration found = publicAccess(work, Buckets.of(work, input));
                    if (found.equals(REMOVED)) {
                        throw new Fault(
                                "NoSuchPublicAccessBlockConfiguration",
                                404,
                                "The public access block configuration was not found");
                    }
                    return GetPublicAccessBlockOutput.builder()
                            .publicAccessBlockConfiguration(found)
                            .build();
                }))
                .action("s3:GetBucketPublicAccessBlock");
        S3Service.on(binder.atomic(S3.DELETE_PUBLIC_ACCESS_BLOCK, (call, input, work) -> {
                    BucketSetting.PUBLIC_ACCESS.put(
                            work, Buckets.of(work, input).name(), REMOVED);
                    return DeletePublicAccessBlockResponse.builder().build();
                }))
                .action("s3:PutBucketPublicAccessBlock");
        AccessControl.bind(binder);
    }

    private static void bindSharing(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_BUCKET_CORS, (call, input, work) -> {
            CrossOrigin.check(input.corsConfiguration());
            BucketSetting.CORS.put(work, Buckets.of(work, input).name(), input.corsConfiguration());
            return PutBucketCorsResponse.builder().build();
        }));
        S3Service.on(binder.atomic(
                S3.GET_BUCKET_CORS,
                (call, input, work) -> GetBucketCorsOutput.builder()
                        .corsRules(BucketSetting.CORS
                                .of(work, Buckets.of(work, input).name())
                                .orElseThrow(() -> new Fault(
                                        "NoSuchCORSConfiguration", 404, "The CORS configuration does not exist"))
                                .corsRules())
                        .build()));
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_CORS, (call, input, work) -> {
                    BucketSetting.CORS.remove(work, Buckets.of(work, input).name());
                    return DeleteBucketCorsResponse.builder().build();
                }))
                .action("s3:PutBucketCORS");
        S3Service.on(binder.atomic(S3.PUT_BUCKET_ENCRYPTION, (call, input, work) -> {
                    checkEncryption(input.serverSideEncryptionConfiguration());
                    BucketSetting.ENCRYPTION.put(
                            work, Buckets.of(work, input).name(), input.serverSideEncryptionConfiguration());
                    return PutBucketEncryptionResponse.builder().build();
                }))
                .action("s3:PutEncryptionConfiguration");
        S3Service.on(binder.atomic(
                        S3.GET_BUCKET_ENCRYPTION,
                        (call, input, work) -> GetBucketEncryptionOutput.builder()
                                .serverSideEncryptionConfiguration(BucketSetting.ENCRYPTION
                                        .of(work, Buckets.of(work, input).name())
                                        .orElse(DEFAULT_ENCRYPTION))
                                .build()))
                .action("s3:GetEncryptionConfiguration");
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_ENCRYPTION, (call, input, work) -> {
                    BucketSetting.ENCRYPTION.remove(
                            work, Buckets.of(work, input).name());
                    return DeleteBucketEncryptionResponse.builder().build();
                }))
                .action("s3:PutEncryptionConfiguration");
    }

    private static final ServerSideEncryptionConfiguration DEFAULT_ENCRYPTION =
            ServerSideEncryptionConfiguration.builder()
                    .rules(List.of(ServerSideEncryptionRule.builder()
                            .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                                    .sseAlgorithm("AES256")
                                    .build())
                            .bucketKeyEnabled(false)
                            .build()))
                    .build();

    private static void checkEncryption(ServerSideEncryptionConfiguration configuration) {
        if (configuration.rules().size() != 1) {
            throw S3Faults.malformedXml();
        }
        configuration.rules().getFirst().applyServerSideEncryptionByDefault().ifPresent(encryption -> {
            if (!encryption.sseAlgorithm().equals("AES256")) {
                throw Fault.unsupported("s3:PutBucketEncryption/SSEAlgorithm/" + encryption.sseAlgorithm());
            }
        });
    }

    /** Settings that no bucket here can have; those who ask are told so as AWS tells it. */
    private static void bindAbsent(Binder binder) {
        S3Service.on(binder.atomic(S3.GET_BUCKET_WEBSITE, (call, input, work) -> {
            Buckets.of(work, input);
            throw new Fault(
                    "NoSuchWebsiteConfiguration", 404, "The specified bucket does not have a website configuration");
        }));
        S3Service.on(binder.atomic(S3.GET_BUCKET_REPLICATION, (call, input, work) -> {
                    Buckets.of(work, input);
                    throw new Fault(
                            "ReplicationConfigurationNotFoundError",
                            404,
                            "The replication configuration was not found");
                }))
                .action("s3:GetReplicationConfiguration");
        S3Service.on(binder.atomic(S3.GET_OBJECT_LOCK_CONFIGURATION, (call, input, work) -> {
                    Buckets.of(work, input);
                    throw new Fault(
                            "ObjectLockConfigurationNotFoundError",
                            404,
                            "Object Lock configuration does not exist for this bucket");
                }))
                .action("s3:GetBucketObjectLockConfiguration");
        S3Service.on(binder.atomic(S3.GET_BUCKET_ACCELERATE_CONFIGURATION, (call, input, work) -> {
                    Buckets.of(work, input);
                    return GetBucketAccelerateConfigurationOutput.builder().build();
                }))
                .action("s3:GetAccelerateConfiguration");
        S3Service.on(binder.atomic(S3.GET_BUCKET_REQUEST_PAYMENT, (call, input, work) -> {
            Buckets.of(work, input);
            return GetBucketRequestPaymentOutput.builder().payer("BucketOwner").build();
        }));
        S3Service.on(binder.atomic(S3.GET_BUCKET_LOGGING, (call, input, work) -> {
            Buckets.of(work, input);
            return GetBucketLoggingOutput.builder().build();
        }));
    }
}
