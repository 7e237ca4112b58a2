package virga.cloud.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.iam.CreateRoleRequest;
import virga.model.iam.Iam;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.DeadLetterConfig;
import virga.model.lambda.Environment;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.Lambda;
import virga.model.lambda.UpdateFunctionConfigurationRequest;

final class ShapeReaderTest {
    private static Properties read(String json) {
        return Properties.of("R", json(json));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void membersOfTheInputAreThePropertiesOfTheirNames() {
        Properties properties = read("""
                {"Role": "r", "MemorySize": "256", "Layers": ["l"], "Environment": {"Variables": {"a": 1}},
                 "ReservedConcurrentExecutions": 3}
                """);
        assertThat(properties.as(Lambda.CREATE_FUNCTION))
                .isEqualTo(CreateFunctionRequest.builder()
                        .role("r")
                        .memorySize(256)
                        .layers(List.of("l"))
                        .environment(Environment.builder()
                                .variables(Map.of("a", "1"))
                                .build())
                        .build());
    }

    @Test
    void listsOfStructuresAndNumbersOfTheirWidthAreRead() {
        Properties properties = read("""
                {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "DeletionProtectionEnabled": "true",
                 "ProvisionedThroughput": {"ReadCapacityUnits": "5", "WriteCapacityUnits": 5000000000}}
                """);
        CreateTableInput input = properties.as(DynamoDb.CREATE_TABLE);
        assertThat(input.keySchema()).extracting(KeySchemaElement::keyType).containsExactly("HASH");
        assertThat(input.deletionProtectionEnabled()).contains(true);
        assertThat(input.provisionedThroughput().orElseThrow().writeCapacityUnits())
                .isEqualTo(5_000_000_000L);
    }

    @Test
    void tagsAndBlobsAreLeftUnset() {
        Properties properties = read("{\"Tags\": {\"a\": \"b\"}, \"Code\": {\"ZipFile\": \"x\", \"S3Key\": \"k\"}}");
        assertThat(properties.as(Lambda.CREATE_FUNCTION))
                .isEqualTo(CreateFunctionRequest.builder()
                        .code(FunctionCode.builder().s3Key("k").build())
                        .build());
    }

    @Test
    void whatNoPropertySaysIsAsTheCallerSays() {
        UpdateFunctionConfigurationRequest otherwise = UpdateFunctionConfigurationRequest.builder()
                .timeout(3)
                .deadLetterConfig(DeadLetterConfig.builder().targetArn("d").build())
                .build();
        assertThat(read("{\"Timeout\": 9}").as(Lambda.UPDATE_FUNCTION_CONFIGURATION, otherwise))
                .isEqualTo(otherwise.toBuilder().timeout(9).build());
    }

    @Test
    void whatTheOperationHasInAnotherFormIsTakenOutOrMadeText() {
        Properties properties = read("{\"Path\": [], \"AssumeRolePolicyDocument\": {\"Version\": \"v\"}}");
        assertThat(properties
                        .without("Path")
                        .withText("AssumeRolePolicyDocument")
                        .as(Iam.CREATE_ROLE))
                .isEqualTo(CreateRoleRequest.builder()
                        .assumeRolePolicyDocument("{\"Version\":\"v\"}")
                        .build());
    }

    @Test
    void structuresHaveToHaveWhatTheModelRequiresAndInputsHaveNot() {
        assertThat(read("{}").as(Lambda.CREATE_FUNCTION))
                .isEqualTo(CreateFunctionRequest.builder().build());
        assertThatThrownBy(() ->
                        read("{\"KeySchema\": [{\"AttributeName\": \"id\"}]}").as(DynamoDb.CREATE_TABLE))
                .hasMessage("Properties validation failed for resource R with message:"
                        + " #/KeySchema/0: required key [KeyType] not found");
    }

    @Test
    void aMemberOfAnotherTypeIsRefusedWithItsPath() {
        assertThatThrownBy(() ->
                        read("{\"Environment\": {\"Variables\": {\"a\": []}}}").as(Lambda.CREATE_FUNCTION))
                .hasMessage("Properties validation failed for resource R with message:"
                        + " #/Environment/Variables/a: expected type: String, found: JSONArray");
    }

    @Test
    void whatAnAttemptFailedOverIsAbsentWhenItIsRolledBack() {
        Properties previous = Properties.previous("R", json("""
                {"KeySchema": [{"AttributeName": "id"}, {"AttributeName": "at", "KeyType": "RANGE"}],
                 "ProvisionedThroughput": {"ReadCapacityUnits": "many"}}
                """));
        CreateTableInput input = previous.as(DynamoDb.CREATE_TABLE);
        assertThat(input.keySchema())
                .extracting(KeySchemaElement::attributeName)
                .containsExactly("at");
        assertThat(input.provisionedThroughput()).isEmpty();
    }
}
