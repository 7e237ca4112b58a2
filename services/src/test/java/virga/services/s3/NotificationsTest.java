package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.model.events.Events;
import virga.model.events.PutRuleRequest;
import virga.model.events.PutTargetsRequest;
import virga.model.events.Target;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.DeleteObjectRequest;
import virga.model.s3.EventBridgeConfiguration;
import virga.model.s3.FilterRule;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.NotificationConfigurationFilter;
import virga.model.s3.PutBucketNotificationConfigurationRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.QueueConfiguration;
import virga.model.s3.S3;
import virga.model.s3.S3KeyFilter;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.Sqs;
import virga.services.events.EventsLimits;
import virga.services.events.EventsService;
import virga.services.sqs.SqsLimits;
import virga.services.sqs.SqsService;

final class NotificationsTest {
    private static final String BUCKET = "inbox";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:arrivals";

    private final TestingCloud cloud = new TestingCloud(
            new S3Service(S3Limits.tiny()),
            new SqsService("http://127.0.0.1:4566", SqsLimits.AWS),
            new EventsService(EventsLimits.AWS));
    private String url;

    @BeforeEach
    void create() {
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(BUCKET).build());
        url = cloud.call(
                        Sqs.CREATE_QUEUE,
                        CreateQueueRequest.builder()
                                .queueName("arrivals")
                                .attributes(Map.of())
                                .build())
                .queueUrl()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void configure(NotificationConfiguration configuration) {
        cloud.call(
                S3.PUT_BUCKET_NOTIFICATION_CONFIGURATION,
                PutBucketNotificationConfigurationRequest.builder()
                        .bucket(BUCKET)
                        .notificationConfiguration(configuration)
                        .build());
    }

    private static NotificationConfiguration toQueue(String arn) {
        return NotificationConfiguration.builder()
                .queueConfigurations(List.of(QueueConfiguration.builder()
                        .id("new-csv")
                        .queueArn(arn)
                        .events(List.of("s3:ObjectCreated:*"))
                        .filter(NotificationConfigurationFilter.builder()
                                .key(S3KeyFilter.builder()
                                        .filterRules(List.of(FilterRule.builder()
                                                .name("Suffix")
                                                .value(".csv")
                                                .build()))
                                        .build())
                                .build())
                        .build()))
                .build();
    }

    private void put(String key) {
        cloud.call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket(BUCKET)
                        .key(key)
                        .body(ByteStream.of(Bytes.ofUtf8("x")))
                        .build());
    }

    private String receive() {
        return cloud.call(
                        Sqs.RECEIVE_MESSAGE,
                        ReceiveMessageRequest.builder()
                                .queueUrl(url)
                                .waitTimeSeconds(20)
                                .build())
                .messages()
                .getFirst()
                .body()
                .orElseThrow();
    }

    @Test
    void aQueueIsToldOfTheKeysThatItAskedForWithTheCauseOfTheWrite() {
        configure(toQueue(QUEUE));
        assertThat(receive()).contains("s3:TestEvent");
        put("report.txt");
        put("a report.csv");
        assertThat(receive())
                .contains("\"eventName\":\"ObjectCreated:Put\"")
                .contains("\"key\":\"a+report.csv\"")
                .contains("\"configurationId\":\"new-csv\"");
        CallRecord write = cloud.records().stream()
                .filter(record -> record.operation().equals("PutObject"))
                .toList()
                .getLast();
        // A message can be received from its commit on; its record follows, before the delivery counts as done.
        cloud.settle();
        assertThat(cloud.records())
                .filteredOn(record -> record.operation().equals("SendMessage"))
                .last()
                .satisfies(sent -> assertThat(sent.cause().parentId()).isEqualTo(write.id()));
    }

    @Test
    void aTargetThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> configure(toQueue(QUEUE + "-none")))
                .isInstanceOf(Fault.class)
                .hasMessage("Unable to validate the following destination configurations");
    }

    @Test
    void theDefaultBusIsToldOfEverything() {
        cloud.call(
                Events.PUT_RULE,
                PutRuleRequest.builder()
                        .name("gone")
                        .eventPattern("{\"source\":[\"aws.s3\"],\"detail-type\":[\"Object Deleted\"]}")
                        .build());
        cloud.call(
                Events.PUT_TARGETS,
                PutTargetsRequest.builder()
                        .rule("gone")
                        .targets(List.of(Target.builder().id("q").arn(QUEUE).build()))
                        .build());
        configure(NotificationConfiguration.builder()
                .eventBridgeConfiguration(EventBridgeConfiguration.builder().build())
                .build());
        put("a");
        cloud.call(
                S3.DELETE_OBJECT,
                DeleteObjectRequest.builder().bucket(BUCKET).key("a").build());
        assertThat(receive())
                .contains("\"deletion-type\":\"Permanently Deleted\"")
                .contains("\"key\":\"a\"");
    }
}
