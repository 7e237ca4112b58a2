package virga.services.dynamodb;

import java.util.Optional;
import virga.cloud.provision.Properties;
import virga.model.Unset;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.SSESpecification;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.TimeToLiveSpecification;

/** The properties of {@code AWS::DynamoDB::Table} as the shapes of the service's operations. */
record TableProperties(Properties properties) {
    private static final CreateTableInput OTHERWISE = CreateTableInput.builder()
            .billingMode("PROVISIONED")
            .tableClass("STANDARD")
            .deletionProtectionEnabled(false)
            .build();

    /** What CreateTable takes, but for name and tags. */
    CreateTableInput table() {
        CreateTableInput table = properties.without("StreamSpecification").as(DynamoDb.CREATE_TABLE, OTHERWISE);
        return table.toBuilder()
                .globalSecondaryIndexes(Unset.ifEmpty(table.globalSecondaryIndexes()))
                .localSecondaryIndexes(Unset.ifEmpty(table.localSecondaryIndexes()))
                .streamSpecification(stream())
                .sseSpecification(table.sseSpecification().map(this::encryption).orElse(null))
                .build();
    }

    /** Empty where the table has no stream. */
    String streamViewType() {
        return properties.object("StreamSpecification").text("StreamViewType", "");
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

    private StreamSpecification stream() {
        return streamViewType().isEmpty()
                ? StreamSpecification.builder().streamEnabled(false).build()
                : StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(streamViewType())
                        .build();
    }

    /** The template calls it {@code SSEEnabled}. */
    private SSESpecification encryption(SSESpecification given) {
        boolean enabled = properties.object("SSESpecification").flag("SSEEnabled", false);
        return given.toBuilder().enabled(enabled).build();
    }
}
