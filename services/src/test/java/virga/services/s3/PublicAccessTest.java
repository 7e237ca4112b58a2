package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.cloud.Settings.Authorization;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.DeleteBucketOwnershipControlsRequest;
import virga.model.s3.GetBucketOwnershipControlsRequest;
import virga.model.s3.GetBucketPolicyStatusRequest;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.PublicAccessBlockConfiguration;
import virga.model.s3.PutBucketAclRequest;
import virga.model.s3.PutBucketPolicyRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.PutPublicAccessBlockRequest;
import virga.model.s3.S3;

final class PublicAccessTest {
    private static final String BUCKET = "press-releases";
    private static final String OPEN = "\"Principal\":\"*\"";
    private static final String PARTNER = "111122223333";
    private static final Principal ANYBODY = new Principal.Anonymous("");

    private final TestingCloud cloud = new TestingCloud(new S3Service(S3Limits.tiny()));

    @BeforeEach
    void createBucket() {
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(BUCKET).build());
        cloud.call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key("first")
                        .body(ByteStream.of(Bytes.ofUtf8("hello")))
                        .build());
        block(PublicAccessBlockConfiguration.builder());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void block(PublicAccessBlockConfiguration.Builder block) {
        cloud.call(
                S3.PUT_PUBLIC_ACCESS_BLOCK,
                PutPublicAccessBlockRequest.builder()
                        .bucket(BUCKET)
                        .publicAccessBlockConfiguration(block.build())
                        .build());
    }

    private static String statement(String rest) {
        return "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::" + BUCKET + "/*\","
                + rest + "}";
    }

    private void policy(String... statements) {
        cloud.call(
                S3.PUT_BUCKET_POLICY,
                PutBucketPolicyRequest.builder()
                        .bucket(BUCKET)
                        .policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}")
                        .build());
    }

    private boolean isPublic() {
        return cloud.call(
                        S3.GET_BUCKET_POLICY_STATUS,
                        GetBucketPolicyStatusRequest.builder().bucket(BUCKET).build())
                .policyStatus()
                .orElseThrow()
                .isPublic()
                .orElseThrow();
    }

    private String read(Principal reader) {
        return cloud.environment()
                .call(
                        cloud.callAs(reader),
                        S3.GET_OBJECT,
                        GetObjectRequest.builder().bucket(BUCKET).key("first").build())
                .body()
                .orElseThrow()
                .readAll()
                .utf8();
    }

    private void refused(Principal reader) {
        assertThatThrownBy(() -> read(reader))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("AccessDenied"));
    }

    private void enforce() {
        cloud.cloud()
                .change(
                        cloud.environment().name(),
                        cloud.environment().settings().withAuthorization(Authorization.ENFORCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Principal\":\"*\"",
                "\"Principal\":{\"AWS\":\"*\"}",
                "\"Principal\":{\"AWS\":[\"arn:aws:iam::111122223333:root\",\"*\"]}",
                "\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"}",
                OPEN + ",\"Condition\":{\"StringLike\":{\"aws:SourceVpc\":\"vpc-*\"}}",
                OPEN
                        + ",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":[\"vpc-91237329\",\"${aws:PrincipalTag/vpc}\"]}}",
                OPEN + ",\"Condition\":{\"StringEqualsIfExists\":{\"aws:SourceVpc\":\"vpc-91237329\"}}",
                OPEN + ",\"Condition\":{\"ForAllValues:StringEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}",
                OPEN + ",\"Condition\":{\"StringNotEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}",
                OPEN + ",\"Condition\":{\"StringEquals\":{\"aws:UserAgent\":\"a-browser\"}}",
                OPEN + ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}",
                OPEN + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/1\"}}",
                OPEN + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"54.240.143.0/24\",\"2001::/16\"]}}",
                OPEN + ",\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":\"54.240.143.0/24\"}}",
                OPEN
                        + ",\"Condition\":{\"ArnLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-east-1:*:accesspoint/*\"}}",
            })
    void aWildcardThatNoFixedValueNarrowsIsPublic(String rest) {
        policy(statement(rest));

        assertThat(isPublic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"}",
                "\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"}",
                OPEN + ",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}",
                OPEN + ",\"Condition\":{\"StringLike\":{\"AWS:sourcevpce\":[\"vpce-1\",\"vpce-2\"]}}",
                OPEN + ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-a1b2c3d4e5\"}}",
                OPEN + ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:us-east-1:111122223333:news\"}}",
                OPEN
                        + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"2001:db8::/32\",\"54.240.143.1\"]}}",
                OPEN
                        + ",\"Condition\":{\"ArnLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-east-1:111122223333:accesspoint/*\"}}",
                OPEN
                        + ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"},\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}",
            })
    void fixedPrincipalsAndFixedValuesOfConditionsAreNotPublic(String rest) {
        policy(statement(rest));

        assertThat(isPublic()).isFalse();
    }

    @Test
    void aPublicPolicyIsRefusedWhereItIsBlockedThoughAConditionIsWritten() {
        block(PublicAccessBlockConfiguration.builder().blockPublicPolicy(true));

        assertThatThrownBy(() ->
                        policy(statement(OPEN + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}}")))
                .hasMessageContaining("BlockPublicPolicy");
        policy(statement(OPEN + ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"54.240.143.0/24\"}}"));
    }

    @Test
    void aRestrictedPublicBucketIsOpenToItsAccountAndToServicesOnly() {
        Principal service = new Principal.Service(
                cloud.scope().account(), "cloudtrail.amazonaws.com", "arn:aws:cloudtrail:::trail");
        Principal user = new Principal.User(cloud.scope().account(), "ada");
        policy(
                statement(OPEN),
                statement("\"Principal\":{\"AWS\":\"" + PARTNER + "\"}"),
                statement("\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"}"),
                statement(
                        "\"Principal\":{\"AWS\":\"arn:aws:iam::" + cloud.scope().account() + ":user/ada\"}"));
        enforce();
        assertThat(read(ANYBODY)).isEqualTo("hello");
        assertThat(read(new Principal.Root(PARTNER))).isEqualTo("hello");

        block(PublicAccessBlockConfiguration.builder().restrictPublicBuckets(true));

        refused(ANYBODY);
        refused(new Principal.Root(PARTNER));
        assertThat(read(service)).isEqualTo("hello");
        assertThat(read(user)).isEqualTo("hello");
        assertThat(read(new Principal.Root(cloud.scope().account()))).isEqualTo("hello");
    }

    @Test
    void aPolicyThatIsNotPublicIsNotRestricted() {
        policy(statement("\"Principal\":{\"AWS\":\"" + PARTNER + "\"}"));
        block(PublicAccessBlockConfiguration.builder().restrictPublicBuckets(true));
        enforce();

        assertThat(read(new Principal.Root(PARTNER))).isEqualTo("hello");
        refused(ANYBODY);
    }

    @Test
    void aBucketCanLoseItsOwnershipControls() {
        cloud.call(
                S3.DELETE_BUCKET_OWNERSHIP_CONTROLS,
                DeleteBucketOwnershipControlsRequest.builder().bucket(BUCKET).build());

        assertThatThrownBy(() -> cloud.call(
                        S3.GET_BUCKET_OWNERSHIP_CONTROLS,
                        GetBucketOwnershipControlsRequest.builder()
                                .bucket(BUCKET)
                                .build()))
                .hasToString("OwnershipControlsNotFoundError (404): The bucket ownership controls were not found");
        assertThatThrownBy(() -> cloud.call(
                        S3.PUT_BUCKET_ACL,
                        PutBucketAclRequest.builder()
                                .bucket(BUCKET)
                                .acl("private")
                                .build()))
                .hasMessageContaining("a bucket without ownership controls");
    }
}
