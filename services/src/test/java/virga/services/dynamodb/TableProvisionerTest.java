package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.model.dynamodb.DescribeContinuousBackupsInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DescribeTimeToLiveInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.ListTagsOfResourceInput;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.TableDescription;
import virga.model.dynamodb.Tag;

@Timeout(60)
final class TableProvisionerTest {
    private static final String KEYS = """
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"
            """;
    private static final String INDEXED = """
            {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
             "GlobalSecondaryIndexes": [{"IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                                         "Projection": {"ProjectionType": "ALL"}}],
             "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}, "Tags": [{"Key": "team", "Value": "blue"}]}
            """;

    private final TestingTables tables = new TestingTables(DynamoDbLimits.AWS);
    private final TableProvisioner provisioner = new TableProvisioner();

    @AfterEach
    void close() {
        tables.close();
    }

    private Provisioning request(String properties) {
        return new Provisioning(
                tables.cloud.environment(),
                tables.cloud.call(),
                new Step("shop", "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1", "Orders", "step-1"),
                json(properties),
                Map.of("aws:cloudformation:stack-name", "shop"));
    }

    private static Properties json(String text) {
        try {
            return Properties.of("Orders", new ObjectMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private TableDescription describe(String name) {
        return tables.call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName(name).build())
                .table()
                .orElseThrow();
    }

    @Test
    void aTableIsMadeWithAllItsPropertiesAndFoundAgainWhenTheStepIsRepeated() throws InterruptedException {
        Provisioning request = request("{" + KEYS + """
                , "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""");
        Provisioned made = provisioner.create(request);
        Provisioned again = provisioner.create(request);

        assertThat(again).isEqualTo(made);
        assertThat(made.physicalId()).startsWith("shop-Orders-");
        assertThat(made.attributes().get("Arn")).endsWith(":table/" + made.physicalId());
        assertThat(made.attributes().get("StreamArn")).contains(":table/" + made.physicalId() + "/stream/");
        assertThat(tables.call(
                                DynamoDb.DESCRIBE_CONTINUOUS_BACKUPS,
                                DescribeContinuousBackupsInput.builder()
                                        .tableName(made.physicalId())
                                        .build())
                        .continuousBackupsDescription()
                        .orElseThrow()
                        .pointInTimeRecoveryDescription()
                        .orElseThrow()
                        .pointInTimeRecoveryStatus())
                .contains("ENABLED");
    }

    @Test
    void anEmptyNameIsNoName() throws InterruptedException {
        Provisioning request = request("{\"TableName\": \"\", " + KEYS + "}");
        Provisioned made = provisioner.create(request);

        assertThat(made.physicalId()).startsWith("shop-Orders-");
        assertThat(provisioner.create(request)).isEqualTo(made);
    }

    @Test
    void anUpdateAddsAnIndexTimeToLiveAndTags() throws InterruptedException {
        Provisioned made = provisioner.create(request("{" + KEYS + "}"));
        tables.put(made.physicalId(), "{\"id\":{\"S\":\"1\"},\"g\":{\"S\":\"x\"}}");
        Provisioned updated = provisioner.update(request(INDEXED), made, json("{" + KEYS + "}"));

        assertThat(updated.physicalId()).isEqualTo(made.physicalId());
        assertThat(describe(made.physicalId()).globalSecondaryIndexes())
                .singleElement()
                .satisfies(index -> assertThat(index.itemCount()).contains(1L));
        assertThat(tables.call(
                                DynamoDb.DESCRIBE_TIME_TO_LIVE,
                                DescribeTimeToLiveInput.builder()
                                        .tableName(made.physicalId())
                                        .build())
                        .timeToLiveDescription()
                        .orElseThrow()
                        .attributeName())
                .contains("ttl");
        assertThat(tables.call(
                                DynamoDb.LIST_TAGS_OF_RESOURCE,
                                ListTagsOfResourceInput.builder()
                                        .resourceArn(made.attributes().get("Arn"))
                                        .build())
                        .tags())
                .extracting(Tag::key)
                .containsExactly("aws:cloudformation:stack-name", "team");
    }

    @Test
    void whatIsDeletedTwiceIsGoneOnce() throws InterruptedException {
        Provisioned made = provisioner.create(request("{" + KEYS + "}"));
        provisioner.delete(request("{}"), made);
        provisioner.delete(request("{}"), made);

        assertThatThrownBy(() -> describe(made.physicalId())).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void anIndexCannotChangeItsShape() throws InterruptedException {
        Provisioned made = provisioner.create(request(INDEXED));

        assertThatThrownBy(() ->
                        provisioner.update(request(INDEXED.replace("\"ALL\"", "\"KEYS_ONLY\"")), made, json(INDEXED)))
                .hasMessageStartingWith(
                        "CloudFormation cannot update a GSI's properties other than Provisioned Throughput");
    }

    @Test
    void aPropertyOfAnotherTypeIsRefusedBeforeATableIsMade() {
        String mistyped = INDEXED.replace("true", "\"perhaps\"").replaceFirst("\\{", "{\"TableName\": \"orders\", ");
        assertThatThrownBy(() -> provisioner.create(request(mistyped)))
                .hasMessage("Properties validation failed for resource Orders with message: "
                        + "#/TimeToLiveSpecification/Enabled: expected type: Boolean, found: String");
        assertThatThrownBy(() -> describe("orders")).isInstanceOf(ResourceNotFoundException.class);
    }
}
