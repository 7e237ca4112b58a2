package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.provision.Properties;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.LocalSecondaryIndex;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.ProvisionedThroughput;
import virga.model.dynamodb.SSESpecification;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.TimeToLiveSpecification;

/** The properties of {@code AWS::DynamoDB::Table} as the shapes of the service's operations. */
record TableProperties(Properties properties) {
    List<AttributeDefinition> attributeDefinitions() {
        List<AttributeDefinition> definitions = new ArrayList<>();
        for (Properties each : properties.objects("AttributeDefinitions")) {
            definitions.add(AttributeDefinition.builder()
                    .attributeName(each.requiredText("AttributeName"))
                    .attributeType(each.requiredText("AttributeType"))
                    .build());
        }
        return definitions;
    }

    List<KeySchemaElement> keySchema() {
        return keySchema(properties);
    }

    String billingMode() {
        return properties.text("BillingMode", "PROVISIONED");
    }

    Optional<ProvisionedThroughput> provisionedThroughput() {
        return throughput(properties);
    }

    List<GlobalSecondaryIndex> globalIndexes() {
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (Properties each : properties.objects("GlobalSecondaryIndexes")) {
            GlobalSecondaryIndex.Builder index = GlobalSecondaryIndex.builder()
                    .indexName(each.requiredText("IndexName"))
                    .keySchema(keySchema(each))
                    .projection(projection(each));
            throughput(each).ifPresent(index::provisionedThroughput);
            indexes.add(index.build());
        }
        return indexes;
    }

    List<LocalSecondaryIndex> localIndexes() {
        List<LocalSecondaryIndex> indexes = new ArrayList<>();
        for (Properties each : properties.objects("LocalSecondaryIndexes")) {
            indexes.add(LocalSecondaryIndex.builder()
                    .indexName(each.requiredText("IndexName"))
                    .keySchema(keySchema(each))
                    .projection(projection(each))
                    .build());
        }
        return indexes;
    }

    /** Empty where the table has no stream. */
    String streamViewType() {
        return properties.object("StreamSpecification").text("StreamViewType", "");
    }

    StreamSpecification stream() {
        return streamViewType().isEmpty()
                ? StreamSpecification.builder().streamEnabled(false).build()
                : StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(streamViewType())
                        .build();
    }

    Optional<SSESpecification> encryption() {
        Properties given = properties.object("SSESpecification");
        if (!properties.has("SSESpecification")) {
            return Optional.empty();
        }
        SSESpecification.Builder shown = SSESpecification.builder().enabled(given.flag("SSEEnabled", false));
        if (given.has("SSEType")) {
            shown.sseType(given.requiredText("SSEType"));
        }
        if (given.has("KMSMasterKeyId")) {
            shown.kmsMasterKeyId(given.requiredText("KMSMasterKeyId"));
        }
        return Optional.of(shown.build());
    }

    String tableClass() {
        return properties.text("TableClass", "STANDARD");
    }

    boolean deletionProtected() {
        return properties.flag("DeletionProtectionEnabled", false);
    }

    boolean recoverable() {
        return properties.object("PointInTimeRecoverySpecification").flag("PointInTimeRecoveryEnabled", false);
    }

    /** The attribute of an enabled time to live. */
    Optional<TimeToLiveSpecification> timeToLive() {
        Properties given = properties.object("TimeToLiveSpecification");
        if (!given.flag("Enabled", false)) {
            return Optional.empty();
        }
        return Optional.of(TimeToLiveSpecification.builder()
                .enabled(true)
                .attributeName(given.requiredText("AttributeName"))
                .build());
    }

    private static List<KeySchemaElement> keySchema(Properties of) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (Properties each : of.objects("KeySchema")) {
            elements.add(KeySchemaElement.builder()
                    .attributeName(each.requiredText("AttributeName"))
                    .keyType(each.requiredText("KeyType"))
                    .build());
        }
        return elements;
    }

    private static Projection projection(Properties of) {
        Properties given = of.object("Projection");
        Projection.Builder projection = Projection.builder();
        if (given.has("ProjectionType")) {
            projection.projectionType(given.requiredText("ProjectionType"));
        }
        if (given.has("NonKeyAttributes")) {
            projection.nonKeyAttributes(given.texts("NonKeyAttributes"));
        }
        return projection.build();
    }

    private static Optional<ProvisionedThroughput> throughput(Properties of) {
        Properties given = of.object("ProvisionedThroughput");
        if (!of.has("ProvisionedThroughput")) {
            return Optional.empty();
        }
        return Optional.of(ProvisionedThroughput.builder()
                .readCapacityUnits(given.longInteger("ReadCapacityUnits", 0L))
                .writeCapacityUnits(given.longInteger("WriteCapacityUnits", 0L))
                .build());
    }
}
