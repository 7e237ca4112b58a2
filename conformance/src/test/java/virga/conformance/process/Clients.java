package virga.conformance.process;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients of one process. They ask once: what was not answered is not known. */
record Clients(
        SdkHttpClient http,
        SqsClient sqs,
        DynamoDbClient dynamodb,
        S3Client s3,
        LambdaClient lambda,
        CloudFormationClient cloudformation)
        implements AutoCloseable {
    static Clients of(VirgaProcess virga) {
        SdkHttpClient http = ApacheHttpClient.create();
        return new Clients(
                http,
                pointed(SqsClient.builder(), http, virga).build(),
                pointed(DynamoDbClient.builder(), http, virga).build(),
                pointed(S3Client.builder(), http, virga).forcePathStyle(true).build(),
                pointed(LambdaClient.builder(), http, virga).build(),
                pointed(CloudFormationClient.builder(), http, virga).build());
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B pointed(
            B builder, SdkHttpClient http, VirgaProcess virga) {
        return builder.httpClient(http)
                .endpointOverride(URI.create(virga.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(
                        how -> how.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofMinutes(1)));
    }

    @Override
    public void close() {
        sqs.close();
        dynamodb.close();
        s3.close();
        lambda.close();
        cloudformation.close();
        http.close();
    }
}
