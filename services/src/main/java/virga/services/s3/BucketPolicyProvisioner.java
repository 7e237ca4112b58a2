package virga.services.s3;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.s3.DeleteBucketPolicyRequest;
import virga.model.s3.NoSuchBucket;
import virga.model.s3.PutBucketPolicyRequest;
import virga.model.s3.S3;

/** {@code AWS::S3::BucketPolicy}. Source: its page in the CloudFormation Template Reference. */
final class BucketPolicyProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::S3::BucketPolicy";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("Bucket")
                .inPlace("PolicyDocument/**")
                .requiring("Bucket", "PolicyDocument");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String bucket = request.properties().text("Bucket", "");
        put(request, bucket);
        return new Provisioned(bucket, Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        put(request, current.physicalId());
        return current;
    }

    private static void put(Provisioning request, String bucket) {
        request.call(
                S3.PUT_BUCKET_POLICY,
                PutBucketPolicyRequest.builder()
                        .bucket(bucket)
                        .policy(request.properties().requiredDocument("PolicyDocument"))
                        .build());
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NoSuchBucket.class,
                S3.DELETE_BUCKET_POLICY,
                DeleteBucketPolicyRequest.builder().bucket(current.physicalId()).build());
    }
}
