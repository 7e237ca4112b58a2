package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.model.s3.*;

/** {@code AWS::S3::Bucket}. Source: its page in the CloudFormation Template Reference. */
final class BucketProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 63;

    @Override
    public String type() {
        return "AWS::S3::Bucket";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("BucketName")
                .inPlace(
                        "Tags/[]/Key",
                        "Tags/[]/Value",
                        "VersioningConfiguration/Status",
                        "PublicAccessBlockConfiguration/BlockPublicAcls",
                        "PublicAccessBlockConfiguration/BlockPublicPolicy",
                        "PublicAccessBlockConfiguration/IgnorePublicAcls",
                        "PublicAccessBlockConfiguration/RestrictPublicBuckets",
                        "OwnershipControls/Rules/[]/ObjectOwnership",
                        "BucketEncryption/ServerSideEncryptionConfiguration/[]/BucketKeyEnabled",
                        "BucketEncryption/ServerSideEncryptionConfiguration/[]/ServerSideEncryptionByDefault/SSEAlgorithm",
                        "CorsConfiguration/CorsRules/[]/Id",
                        "CorsConfiguration/CorsRules/[]/AllowedHeaders/[]",
                        "CorsConfiguration/CorsRules/[]/AllowedMethods/[]",
                        "CorsConfiguration/CorsRules/[]/AllowedOrigins/[]",
                        "CorsConfiguration/CorsRules/[]/ExposedHeaders/[]",
                        "CorsConfiguration/CorsRules/[]/MaxAge",
                        "NotificationConfiguration/EventBridgeConfiguration/EventBridgeEnabled",
                        "NotificationConfiguration/LambdaConfigurations/[]/Event",
                        "NotificationConfiguration/LambdaConfigurations/[]/Function",
                        "NotificationConfiguration/LambdaConfigurations/[]/Filter/S3Key/Rules/[]/Name",
                        "NotificationConfiguration/LambdaConfigurations/[]/Filter/S3Key/Rules/[]/Value",
                        "NotificationConfiguration/QueueConfigurations/[]/Event",
                        "NotificationConfiguration/QueueConfigurations/[]/Queue",
                        "NotificationConfiguration/QueueConfigurations/[]/Filter/S3Key/Rules/[]/Name",
                        "NotificationConfiguration/QueueConfigurations/[]/Filter/S3Key/Rules/[]/Value")
                .inPlace(BucketLifecycle.PATHS)
                .unsupported(
                        "AccelerateConfiguration",
                        "AccessControl",
                        "AnalyticsConfigurations",
                        "IntelligentTieringConfigurations",
                        "InventoryConfigurations",
                        "LifecycleConfiguration/TransitionDefaultMinimumObjectSize",
                        "LifecycleConfiguration/Rules/[]/Transition",
                        "LifecycleConfiguration/Rules/[]/Transitions",
                        "LifecycleConfiguration/Rules/[]/TagFilters",
                        "LoggingConfiguration",
                        "MetadataTableConfiguration",
                        "MetricsConfigurations",
                        "NotificationConfiguration/TopicConfigurations",
                        "ObjectLockConfiguration",
                        "ObjectLockEnabled",
                        "ReplicationConfiguration",
                        "WebsiteConfiguration");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.properties()
                .text("BucketName", request.generatedName(LONGEST_NAME).toLowerCase(Locale.ROOT));
        String region = request.call().region();
        CreateBucketConfiguration located = region.equals("us-east-1")
                ? null
                : CreateBucketConfiguration.builder().locationConstraint(region).build();
        if (!exists(request, name)) {
            request.call(
                    S3.CREATE_BUCKET,
                    CreateBucketRequest.builder()
                            .bucket(name)
                            .createBucketConfiguration(located)
                            .build());
        } else if (!madeByThisStack(request, name)) {
            throw new Fault("BucketAlreadyExists", 409, name + " already exists");
        }
        request.completeOrDelete(() -> apply(request, name), () -> delete(request, new Provisioned(name, Map.of())));
        return provisioned(request, name);
    }

    private static boolean exists(Provisioning request, String name) {
        try {
            request.call(
                    S3.HEAD_BUCKET, HeadBucketRequest.builder().bucket(name).build());
            return true;
        } catch (NoSuchBucket none) {
            return false;
        }
    }

    /** Whether an earlier run of this very step made it: tags are set in the next call, so none at all tells the same. */
    private static boolean madeByThisStack(Provisioning request, String name) {
        try {
            List<Tag> tags = request.call(
                            S3.GET_BUCKET_TAGGING,
                            GetBucketTaggingRequest.builder().bucket(name).build())
                    .tagSet();
            return Buckets.tags(tags).entrySet().containsAll(request.tags().entrySet());
        } catch (Fault untagged) {
            return !request.properties().has("BucketName");
        }
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        forget(request, current.physicalId(), previous);
        apply(request, current.physicalId());
        return provisioned(request, current.physicalId());
    }

    private static void apply(Provisioning request, String name) {
        Properties properties = request.properties();
        tag(request, name);
        String versioning = properties.object("VersioningConfiguration").text("Status", "");
        if (!versioning.isEmpty()) {
            request.call(
                    S3.PUT_BUCKET_VERSIONING,
                    PutBucketVersioningRequest.builder()
                            .bucket(name)
                            .versioningConfiguration(VersioningConfiguration.builder()
                                    .status(versioning)
                                    .build())
                            .build());
        }
        Properties access = properties.object("PublicAccessBlockConfiguration");
        if (properties.has("PublicAccessBlockConfiguration")) {
            request.call(
                    S3.PUT_PUBLIC_ACCESS_BLOCK,
                    PutPublicAccessBlockRequest.builder()
                            .bucket(name)
                            .publicAccessBlockConfiguration(PublicAccessBlockConfiguration.builder()
                                    .blockPublicAcls(access.flag("BlockPublicAcls", false))
                                    .blockPublicPolicy(access.flag("BlockPublicPolicy", false))
                                    .ignorePublicAcls(access.flag("IgnorePublicAcls", false))
                                    .restrictPublicBuckets(access.flag("RestrictPublicBuckets", false))
                                    .build())
                            .build());
        }
        for (Properties rule : properties.object("OwnershipControls").objects("Rules")) {
            request.call(
                    S3.PUT_BUCKET_OWNERSHIP_CONTROLS,
                    PutBucketOwnershipControlsRequest.builder()
                            .bucket(name)
                            .ownershipControls(BucketSetting.owned(rule.requiredText("ObjectOwnership")))
                            .build());
        }
        encrypt(request, name);
        share(request, name);
        BucketNotifications.apply(request, name);
        BucketLifecycle.apply(request, name);
    }

    /** What the template no longer says goes back to what a new bucket has. */
    private static void forget(Provisioning request, String name, Properties previous) {
        Properties properties = request.properties();
        if (previous.has("VersioningConfiguration") && !properties.has("VersioningConfiguration")) {
            request.call(
                    S3.PUT_BUCKET_VERSIONING,
                    PutBucketVersioningRequest.builder()
                            .bucket(name)
                            .versioningConfiguration(VersioningConfiguration.builder()
                                    .status("Suspended")
                                    .build())
                            .build());
        }
        if (previous.has("PublicAccessBlockConfiguration") && !properties.has("PublicAccessBlockConfiguration")) {
            request.call(
                    S3.DELETE_PUBLIC_ACCESS_BLOCK,
                    DeletePublicAccessBlockRequest.builder().bucket(name).build());
        }
        if (previous.has("BucketEncryption") && !properties.has("BucketEncryption")) {
            request.call(
                    S3.DELETE_BUCKET_ENCRYPTION,
                    DeleteBucketEncryptionRequest.builder().bucket(name).build());
        }
    }

    private static void tag(Provisioning request, String name) {
        Map<String, String> tags = request.allTags();
        if (!tags.isEmpty()) {
            request.call(
                    S3.PUT_BUCKET_TAGGING,
                    PutBucketTaggingRequest.builder()
                            .bucket(name)
                            .tagging(Tagging.builder().tagSet(Tags.set(tags)).build())
                            .build());
        } else {
            request.call(
                    S3.DELETE_BUCKET_TAGGING,
                    DeleteBucketTaggingRequest.builder().bucket(name).build());
        }
    }

    private static void encrypt(Provisioning request, String name) {
        List<ServerSideEncryptionRule> rules = new ArrayList<>();
        for (Properties rule :
                request.properties().object("BucketEncryption").objects("ServerSideEncryptionConfiguration")) {
            rules.add(ServerSideEncryptionRule.builder()
                    .bucketKeyEnabled(rule.flag("BucketKeyEnabled", false))
                    .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                            .sseAlgorithm(
                                    rule.object("ServerSideEncryptionByDefault").text("SSEAlgorithm", "AES256"))
                            .build())
                    .build());
        }
        if (!rules.isEmpty()) {
            request.call(
                    S3.PUT_BUCKET_ENCRYPTION,
                    PutBucketEncryptionRequest.builder()
                            .bucket(name)
                            .serverSideEncryptionConfiguration(ServerSideEncryptionConfiguration.builder()
                                    .rules(rules)
                                    .build())
                            .build());
        }
    }

    private static void share(Provisioning request, String name) {
        List<CORSRule> rules = new ArrayList<>();
        for (Properties rule : request.properties().object("CorsConfiguration").objects("CorsRules")) {
            rules.add(CORSRule.builder()
                    .id(rule.text("Id", null))
                    .allowedHeaders(rule.texts("AllowedHeaders"))
                    .allowedMethods(rule.texts("AllowedMethods"))
                    .allowedOrigins(rule.texts("AllowedOrigins"))
                    .exposeHeaders(rule.texts("ExposedHeaders"))
                    .maxAgeSeconds(rule.integer("MaxAge", null))
                    .build());
        }
        if (rules.isEmpty()) {
            request.call(
                    S3.DELETE_BUCKET_CORS,
                    DeleteBucketCorsRequest.builder().bucket(name).build());
        } else {
            request.call(
                    S3.PUT_BUCKET_CORS,
                    PutBucketCorsRequest.builder()
                            .bucket(name)
                            .corsConfiguration(
                                    CORSConfiguration.builder().corsRules(rules).build())
                            .build());
        }
    }

    private static Provisioned provisioned(Provisioning request, String name) {
        String region = request.call().region();
        return new Provisioned(
                name,
                Map.of(
                        "Arn",
                        "arn:aws:s3:::" + name,
                        "DomainName",
                        name + ".s3.amazonaws.com",
                        "RegionalDomainName",
                        name + ".s3." + region + ".amazonaws.com",
                        "DualStackDomainName",
                        name + ".s3.dualstack." + region + ".amazonaws.com",
                        "WebsiteURL",
                        "http://" + name + ".s3-website-" + region + ".amazonaws.com"));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NoSuchBucket.class,
                S3.DELETE_BUCKET,
                DeleteBucketRequest.builder().bucket(current.physicalId()).build());
    }
}
