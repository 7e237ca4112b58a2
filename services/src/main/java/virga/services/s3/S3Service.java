package virga.services.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.ResourcePolicies;
import virga.cloud.Service;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.PutBucketPolicyRequest;
import virga.model.s3.S3;
import virga.store.Reading;

/** Amazon Simple Storage Service. */
public final class S3Service implements Service {
    private final S3Limits limits;
    private final Contents contents;
    private final Objects objects;
    private final Notifications notifications = new Notifications();

    public S3Service(S3Limits limits) {
        this.limits = limits;
        this.contents = new Contents(limits);
        this.objects = new Objects(contents);
    }

    @Override
    public ServiceModel model() {
        return S3.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "AbortMultipartUpload.IfMatchInitiatedTime",
                "CreateBucket.BucketNamespace=global",
                "PutBucketEncryption.ServerSideEncryptionConfiguration.Rules[].ApplyServerSideEncryptionByDefault.KMSMasterKeyID",
                "PutBucketEncryption.ServerSideEncryptionConfiguration.Rules[].BlockedEncryptionTypes");
    }

    @Override
    public void bind(Binder binder) {
        bindBuckets(binder);
        bindObjects(binder);
        bindUploads(binder);
        BucketSettings.bind(binder);
        Tags.bind(binder);
        binder.task(Contents.DISCARD, contents::discard);
        binder.task(NotificationDelivery.KIND, new NotificationDelivery());
        binder.task(Lifecycle.KIND, new Lifecycle(contents, objects, notifications));
        LifecycleRules.bind(binder);
        on(binder.conversation(S3.PUT_BUCKET_NOTIFICATION_CONFIGURATION, NotificationDelivery::configure))
                .action("s3:PutBucketNotification");
        on(binder.atomic(
                        S3.GET_BUCKET_NOTIFICATION_CONFIGURATION,
                        (call, input, work) -> BucketSetting.NOTIFICATION
                                .of(work, Buckets.of(work, input).name())
                                .orElse(NotificationConfiguration.builder().build())))
                .action("s3:GetBucketNotification");
        binder.resourcePolicies(new BucketPolicies());
        binder.provisioner(new BucketProvisioner());
        binder.provisioner(new BucketPolicyProvisioner());
    }

    private void bindBuckets(Binder binder) {
        on(binder.atomic(S3.CREATE_BUCKET, Buckets::create));
        on(binder.atomic(S3.HEAD_BUCKET, Buckets::head)).action("s3:ListBucket");
        on(binder.atomic(S3.GET_BUCKET_LOCATION, Buckets::location));
        on(binder.atomic(S3.DELETE_BUCKET, (call, input, work) -> Buckets.delete(contents, input, work)));
        binder.atomic(S3.LIST_BUCKETS, Buckets::list).action("s3:ListAllMyBuckets");
        on(binder.atomic(S3.LIST_OBJECTS, ListObjects::first))
                .action("s3:ListBucket")
                .conditions(S3Service::listing);
        on(binder.atomic(S3.LIST_OBJECTS_V2, ListObjects::second))
                .action("s3:ListBucket")
                .conditions(S3Service::listing);
        on(binder.atomic(S3.LIST_OBJECT_VERSIONS, ListVersions::versions))
                .action("s3:ListBucketVersions")
                .conditions(S3Service::listing);
        on(binder.atomic(S3.LIST_MULTIPART_UPLOADS, ListUploads::uploads)).action("s3:ListBucketMultipartUploads");
    }

    private void bindObjects(Binder binder) {
        GetObject reading = new GetObject(contents);
        DeleteObjects deleting = new DeleteObjects(objects, notifications);
        on(binder.streaming(S3.PUT_OBJECT, new PutObject(limits, contents, objects, notifications)));
        on(binder.streaming(S3.GET_OBJECT, reading::get));
        on(binder.streaming(S3.HEAD_OBJECT, reading::head)).action("s3:GetObject");
        on(binder.streaming(S3.COPY_OBJECT, new CopyObject(limits, contents, objects, notifications)))
                .action("s3:PutObject");
        on(binder.atomic(S3.DELETE_OBJECT, deleting::one));
        binder.atomic(S3.DELETE_OBJECTS, deleting::many)
                .action("s3:DeleteObject")
                .resources((call, input) -> input.delete().objects().stream()
                        .map(object -> "arn:aws:s3:::" + input.bucket() + "/" + object.key())
                        .toList());
        on(binder.atomic(S3.GET_OBJECT_ATTRIBUTES, GetObjectAttributes::get));
    }

    private void bindUploads(Binder binder) {
        MultipartUploads uploads = new MultipartUploads(limits, contents);
        on(binder.atomic(S3.CREATE_MULTIPART_UPLOAD, uploads::create)).action("s3:PutObject");
        on(binder.streaming(S3.UPLOAD_PART, uploads::part)).action("s3:PutObject");
        on(binder.streaming(S3.UPLOAD_PART_COPY, uploads::copy)).action("s3:PutObject");
        on(binder.atomic(
                        S3.COMPLETE_MULTIPART_UPLOAD,
                        new CompleteMultipartUpload(limits, contents, objects, notifications)))
                .action("s3:PutObject");
        on(binder.atomic(S3.ABORT_MULTIPART_UPLOAD, uploads::abort));
        on(binder.atomic(S3.LIST_PARTS, ListUploads::parts)).action("s3:ListMultipartUploadParts");
    }

    /** Authorises an operation on its bucket, or on its object where it names a key. */
    static <I extends Structure> Binder.Binding<I> on(Binder.Binding<I> binding) {
        return binding.resources((call, input) -> {
            String bucket = "arn:aws:s3:::" + Members.text(input, "Bucket").orElseThrow();
            return List.of(
                    Members.text(input, "Key").map(key -> bucket + "/" + key).orElse(bucket));
        });
    }

    private static Map<String, List<String>> listing(Call call, Structure input) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Members.text(input, "Prefix").ifPresent(prefix -> keys.put("s3:prefix", List.of(prefix)));
        Members.text(input, "Delimiter").ifPresent(delimiter -> keys.put("s3:delimiter", List.of(delimiter)));
        Members.text(input, "MaxKeys").ifPresent(most -> keys.put("s3:max-keys", List.of(most)));
        return keys;
    }

    private record BucketPolicies() implements ResourcePolicies {
        @Override
        public String service() {
            return "s3";
        }

        @Override
        public Optional<String> of(String resourceArn, Reading reading) {
            return BucketSetting.POLICY.of(reading, bucket(resourceArn)).map(PutBucketPolicyRequest::policy);
        }

        @Override
        public Optional<String> owner(String resourceArn, Reading reading) {
            return Buckets.named(reading, bucket(resourceArn)).map(S3Bucket::account);
        }

        @Override
        public boolean isRestricted(String resourceArn, Reading reading) {
            return Buckets.named(reading, bucket(resourceArn))
                    .filter(bucket -> BucketSettings.isRestricted(reading, bucket))
                    .isPresent();
        }

        private static String bucket(String resourceArn) {
            return Arn.parse(resourceArn).resource().split("/", 2)[0];
        }
    }
}
