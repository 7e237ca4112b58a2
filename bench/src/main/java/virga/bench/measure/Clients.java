package virga.bench.measure;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The client that every contender is called with: no retries, so that a call that fails is seen. */
final class Clients {
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Clients() {}

    static SqsClient sqs(URI endpoint) {
        return configured(SqsClient.builder(), endpoint).build();
    }

    static DynamoDbClient dynamoDb(URI endpoint) {
        return configured(DynamoDbClient.builder(), endpoint).build();
    }

    static LambdaClient lambda(URI endpoint) {
        return configured(LambdaClient.builder(), endpoint).build();
    }

    private static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(MOST_CONNECTIONS)
                        .socketTimeout(PATIENCE));
    }
}
