package virga.services.dynamodb;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.dynamodb.DeleteTableInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PointInTimeRecoverySpecification;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.TableDescription;
import virga.model.dynamodb.Tag;
import virga.model.dynamodb.TimeToLiveSpecification;
import virga.model.dynamodb.UpdateContinuousBackupsInput;
import virga.model.dynamodb.UpdateTimeToLiveInput;

/** {@code AWS::DynamoDB::Table}. Source: its page in the CloudFormation Template Reference. */
final class TableProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 255;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    @Override
    public String type() {
        return "AWS::DynamoDB::Table";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing(
                        "TableName",
                        "KeySchema/[]/AttributeName",
                        "KeySchema/[]/KeyType",
                        "LocalSecondaryIndexes/[]/IndexName",
                        "LocalSecondaryIndexes/[]/KeySchema/[]/AttributeName",
                        "LocalSecondaryIndexes/[]/KeySchema/[]/KeyType",
                        "LocalSecondaryIndexes/[]/Projection/ProjectionType",
                        "LocalSecondaryIndexes/[]/Projection/NonKeyAttributes/[]")
                .inPlace(
                        "AttributeDefinitions/[]/AttributeName",
                        "AttributeDefinitions/[]/AttributeType",
                        "BillingMode",
                        "DeletionProtectionEnabled",
                        "GlobalSecondaryIndexes/[]/IndexName",
                        "GlobalSecondaryIndexes/[]/KeySchema/[]/AttributeName",
                        "GlobalSecondaryIndexes/[]/KeySchema/[]/KeyType",
                        "GlobalSecondaryIndexes/[]/Projection/ProjectionType",
                        "GlobalSecondaryIndexes/[]/Projection/NonKeyAttributes/[]",
                        "GlobalSecondaryIndexes/[]/ProvisionedThroughput/ReadCapacityUnits",
                        "GlobalSecondaryIndexes/[]/ProvisionedThroughput/WriteCapacityUnits",
                        "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
                        "ProvisionedThroughput/ReadCapacityUnits",
                        "ProvisionedThroughput/WriteCapacityUnits",
                        "SSESpecification/KMSMasterKeyId",
                        "SSESpecification/SSEEnabled",
                        "SSESpecification/SSEType",
                        "StreamSpecification/StreamViewType",
                        "TableClass",
                        "Tags/[]/Key",
                        "Tags/[]/Value",
                        "TimeToLiveSpecification/AttributeName",
                        "TimeToLiveSpecification/Enabled")
                .requiring("KeySchema")
                .unsupported(
                        "ContributorInsightsSpecification",
                        "ImportSourceSpecification",
                        "KinesisStreamSpecification",
                        "OnDemandThroughput",
                        "ResourcePolicy",
                        "WarmThroughput");
    }

    @Override
    public Provisioned create(Provisioning request) throws InterruptedException {
        // Read before anything is made: what is refused leaves nothing behind.
        TableProperties properties = new TableProperties(request.properties());
        Optional<TimeToLiveSpecification> timeToLive = properties.timeToLive();
        boolean recoverable = properties.recoverable();
        String name = request.name("TableName", LONGEST_NAME);
        boolean madeBefore =
                !request.isNamed("TableName") && find(request, name).isPresent();
        if (!madeBefore) {
            request.call(
                    DynamoDb.CREATE_TABLE,
                    properties.table().toBuilder()
                            .tableName(name)
                            .tags(shown(request.allTags()))
                            .build());
        }
        TableDescription table = untilReady(request, name);
        if (timeToLive.isPresent()) {
            request.call(
                    DynamoDb.UPDATE_TIME_TO_LIVE,
                    UpdateTimeToLiveInput.builder()
                            .tableName(name)
                            .timeToLiveSpecification(timeToLive.get())
                            .build());
        }
        if (recoverable) {
            recover(request, name, true);
        }
        return provisioned(table);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous)
            throws InterruptedException {
        new TableChanges(request, current.physicalId(), new TableProperties(previous)).make(this);
        return provisioned(untilReady(request, current.physicalId()));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) throws InterruptedException {
        try {
            request.call(
                    DynamoDb.DELETE_TABLE,
                    DeleteTableInput.builder().tableName(current.physicalId()).build());
        } catch (ResourceNotFoundException gone) {
            return;
        } catch (ResourceInUseException deleting) {
            // An earlier attempt of this step asked for it; what is left is to wait.
        }
        while (find(request, current.physicalId()).isPresent()) {
            request.environment().ports().clock().sleep(LOOK_AGAIN);
        }
    }

    /** Waits until the table and all its indexes can be used. */
    TableDescription untilReady(Provisioning request, String name) throws InterruptedException {
        while (true) {
            TableDescription table = find(request, name)
                    .orElseThrow(() -> new ResourceNotFoundException("Table: " + name + " not found"));
            boolean indexed = table.globalSecondaryIndexes().stream()
                    .allMatch(index -> index.indexStatus().orElse("").equals("ACTIVE"));
            if (indexed && table.tableStatus().orElse("").equals("ACTIVE")) {
                return table;
            }
            request.environment().ports().clock().sleep(LOOK_AGAIN);
        }
    }

    static void recover(Provisioning request, String name, boolean enabled) {
        request.call(
                DynamoDb.UPDATE_CONTINUOUS_BACKUPS,
                UpdateContinuousBackupsInput.builder()
                        .tableName(name)
                        .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                                .pointInTimeRecoveryEnabled(enabled)
                                .build())
                        .build());
    }

    static List<Tag> shown(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    private static Optional<TableDescription> find(Provisioning request, String name) {
        try {
            return request.call(
                            DynamoDb.DESCRIBE_TABLE,
                            DescribeTableInput.builder().tableName(name).build())
                    .table();
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    private static Provisioned provisioned(TableDescription table) {
        Map<String, String> attributes = new LinkedHashMap<>();
        table.tableArn().ifPresent(arn -> attributes.put("Arn", arn));
        table.latestStreamArn()
                .filter(arn -> table.streamSpecification().isPresent())
                .ifPresent(arn -> attributes.put("StreamArn", arn));
        return new Provisioned(table.tableName().orElseThrow(), attributes);
    }
}
