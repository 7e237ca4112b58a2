package virga.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
record TableProperties(JsonNode properties) {
    List<AttributeDefinition> attributeDefinitions() {
        List<AttributeDefinition> definitions = new ArrayList<>();
        for (JsonNode each : properties.path("AttributeDefinitions")) {
            definitions.add(AttributeDefinition.builder()
                    .attributeName(each.path("AttributeName").asText())
                    .attributeType(each.path("AttributeType").asText())
                    .build());
        }
        return definitions;
    }

    List<KeySchemaElement> keySchema() {
        return keySchema(properties);
    }

    String billingMode() {
        return properties.path("BillingMode").asText("PROVISIONED");
    }

    Optional<ProvisionedThroughput> provisionedThroughput() {
        return throughput(properties);
    }

    List<GlobalSecondaryIndex> globalIndexes() {
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (JsonNode each : properties.path("GlobalSecondaryIndexes")) {
            GlobalSecondaryIndex.Builder index = GlobalSecondaryIndex.builder()
                    .indexName(each.path("IndexName").asText())
                    .keySchema(keySchema(each))
                    .projection(projection(each));
            throughput(each).ifPresent(index::provisionedThroughput);
            indexes.add(index.build());
        }
        return indexes;
    }

    List<LocalSecondaryIndex> localIndexes() {
        List<LocalSecondaryIndex> indexes = new ArrayList<>();
        for (JsonNode each : properties.path("LocalSecondaryIndexes")) {
            indexes.add(LocalSecondaryIndex.builder()
                    .indexName(each.path("IndexName").asText())
                    .keySchema(keySchema(each))
                    .projection(projection(each))
                    .build());
        }
        return indexes;
    }

    /** Empty where the table has no stream. */
    String streamViewType() {
        return properties.path("StreamSpecification").path("StreamViewType").asText("");
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
        JsonNode given = properties.path("SSESpecification");
        if (given.isMissingNode()) {
            return Optional.empty();
        }
        SSESpecification.Builder shown =
                SSESpecification.builder().enabled(given.path("SSEEnabled").asBoolean());
        if (given.has("SSEType")) {
            shown.sseType(given.get("SSEType").asText());
        }
        if (given.has("KMSMasterKeyId")) {
            shown.kmsMasterKeyId(given.get("KMSMasterKeyId").asText());
        }
        return Optional.of(shown.build());
    }

    String tableClass() {
        return properties.path("TableClass").asText("STANDARD");
    }

    boolean deletionProtected() {
        return properties.path("DeletionProtectionEnabled").asBoolean(false);
    }

    boolean recoverable() {
        return properties
                .path("PointInTimeRecoverySpecification")
                .path("PointInTimeRecoveryEnabled")
                .asBoolean(false);
    }

    /** The attribute of an enabled time to live. */
    Optional<TimeToLiveSpecification> timeToLive() {
        JsonNode given = properties.path("TimeToLiveSpecification");
        if (!given.path("Enabled").asBoolean(false)) {
            return Optional.empty();
        }
        return Optional.of(TimeToLiveSpecification.builder()
                .enabled(true)
                .attributeName(given.path("AttributeName").asText())
                .build());
    }

    private static List<KeySchemaElement> keySchema(JsonNode of) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (JsonNode each : of.path("KeySchema")) {
            elements.add(KeySchemaElement.builder()
                    .attributeName(each.path("AttributeName").asText())
                    .keyType(each.path("KeyType").asText())
                    .build());
        }
        return elements;
    }

    private static Projection projection(JsonNode of) {
        JsonNode given = of.path("Projection");
        Projection.Builder projection = Projection.builder();
        if (given.has("ProjectionType")) {
            projection.projectionType(given.get("ProjectionType").asText());
        }
        if (given.has("NonKeyAttributes")) {
            List<String> names = new ArrayList<>();
            given.get("NonKeyAttributes").forEach(name -> names.add(name.asText()));
            projection.nonKeyAttributes(names);
        }
        return projection.build();
    }

    private static Optional<ProvisionedThroughput> throughput(JsonNode of) {
        JsonNode given = of.path("ProvisionedThroughput");
        if (given.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(ProvisionedThroughput.builder()
                .readCapacityUnits(given.path("ReadCapacityUnits").asLong())
                .writeCapacityUnits(given.path("WriteCapacityUnits").asLong())
                .build());
    }
}
