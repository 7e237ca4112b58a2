package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: AssumeRole and GetCallerIdentity, AWS Security Token Service API Reference. */
@ExtendWith(Accounts.class)
final class SessionsTest {
    @Test
    void theKeysOfARoleMayDoWhatTheRoleMay(Account account) {
        Storage storage = Storage.in(account);
        storage.put("open/door", "come in");
        storage.put("shut/door", "stay out");
        StsClient sts = account.client(StsClient.builder());
        String number = sts.getCallerIdentity().account();
        assertThat(number).matches("[0-9]{12}");
        String role = Roles.role(
                account,
                account.client(IamClient.builder()),
                "reader",
                "{\"AWS\":\"" + sts.getCallerIdentity().arn() + "\"}",
                """
                {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/open/*"}""".formatted(storage.bucket()));
        var assumed = account.onceAllowed(
                "is not authorized to perform: sts:AssumeRole",
                () -> sts.assumeRole(request ->
                        request.roleArn(role).roleSessionName("visit").durationSeconds(900)));
        assertThat(assumed.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::" + number + ":assumed-role/" + account.name("reader") + "/visit");
        StaticCredentialsProvider keys = keys(assumed.credentials());
        assertThat(account.client(StsClient.builder(), keys).getCallerIdentity().arn())
                .isEqualTo(assumed.assumedRoleUser().arn());
        S3Client visitor = account.client(S3Client.builder(), keys);
        assertThat(account.onceAllowed(
                        "s3:GetObject",
                        () -> visitor.getObjectAsBytes(request ->
                                        request.bucket(storage.bucket()).key("open/door"))
                                .asUtf8String()))
                .isEqualTo("come in");
        Refused.with(
                S3Exception.class,
                "AccessDenied",
                403,
                "is not authorized to perform: s3:GetObject on resource",
                () -> visitor.getObjectAsBytes(
                        request -> request.bucket(storage.bucket()).key("shut/door")));
    }

    private static StaticCredentialsProvider keys(Credentials issued) {
        return StaticCredentialsProvider.create(
                AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()));
    }

    @Test
    void aRoleThatTrustsSomebodyElseIsNotAssumed(Account account) {
        StsClient sts = account.client(StsClient.builder());
        String role = Roles.role(
                account,
                account.client(IamClient.builder()),
                "worker",
                "{\"Service\":\"lambda.amazonaws.com\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}");
        Refused.with(
                StsException.class,
                "AccessDenied",
                403,
                "sts:AssumeRole",
                () -> sts.assumeRole(request -> request.roleArn(role).roleSessionName("intruder")));
    }
}
