package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.json;
import static virga.services.dynamodb.TestingTables.music;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.AttributeValueUpdate;
import virga.model.dynamodb.Condition;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.ScanInput;
import virga.model.dynamodb.UpdateItemInput;

/** The parameters from before expressions; {@code Expected} is in ItemOperationsTest. */
final class LegacyParametersTest {
    private final TestingTables tables = new TestingTables(DynamoDbLimits.AWS);

    @BeforeEach
    void fill() {
        tables.create(music());
        for (int i = 1; i <= 4; i++) {
            tables.put(
                    "music",
                    "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"%d\"},\"n\":{\"N\":\"%d\"},\"ss\":{\"SS\":[\"x\",\"y\"]}}"
                            .formatted(i, i * 10));
        }
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static Condition condition(String operator, AttributeValue... arguments) {
        Condition.Builder condition = Condition.builder().comparisonOperator(operator);
        return arguments.length == 0
                ? condition.build()
                : condition.attributeValueList(List.of(arguments)).build();
    }

    private static AttributeValueUpdate change(String action, AttributeValue value) {
        return AttributeValueUpdate.builder().action(action).value(value).build();
    }

    private String update(Map<String, AttributeValueUpdate> changes) {
        return json(tables.call(
                        DynamoDb.UPDATE_ITEM,
                        UpdateItemInput.builder()
                                .tableName("music")
                                .key(item("{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}"))
                                .attributeUpdates(changes)
                                .returnValues("ALL_NEW")
                                .build())
                .attributes());
    }

    @Test
    void attributeUpdatesPutAddAndDelete() {
        Map<String, AttributeValueUpdate> changes = new LinkedHashMap<>();
        changes.put("n", change("ADD", AttributeValue.ofN("5")));
        changes.put("ss", change("DELETE", AttributeValue.ofSs(List.of("x"))));
        changes.put("new", change("PUT", AttributeValue.ofS("v")));
        changes.put("list", change("ADD", AttributeValue.ofL(List.of(AttributeValue.ofS("e")))));

        assertThat(update(changes))
                .isEqualTo(
                        "{\"list\":{\"L\":[{\"S\":\"e\"}]},\"n\":{\"N\":\"15\"},\"new\":{\"S\":\"v\"},\"pk\":{\"S\":\"a\"},"
                                + "\"sk\":{\"N\":\"1\"},\"ss\":{\"SS\":[\"y\"]}}");
        assertThat(update(Map.of(
                        "ss", AttributeValueUpdate.builder().action("DELETE").build())))
                .doesNotContain("\"ss\"");
        assertThatThrownBy(() -> update(
                        Map.of("n", AttributeValueUpdate.builder().action("ADD").build())))
                .hasMessage(
                        "One or more parameter values were invalid: Only DELETE action is allowed when no attribute value"
                                + " is specified");
    }

    @Test
    void keyConditionsAndQueryFilterSelectItems() {
        var output = tables.call(
                DynamoDb.QUERY,
                QueryInput.builder()
                        .tableName("music")
                        .keyConditions(Map.of(
                                "pk",
                                condition("EQ", AttributeValue.ofS("a")),
                                "sk",
                                condition("BETWEEN", AttributeValue.ofN("2"), AttributeValue.ofN("4"))))
                        .queryFilter(Map.of("n", condition("IN", AttributeValue.ofN("20"), AttributeValue.ofN("40"))))
                        .attributesToGet(List.of("n"))
                        .build());

        assertThat(output.items())
                .extracting(TestingTables::json)
                .containsExactly("{\"n\":{\"N\":\"20\"}}", "{\"n\":{\"N\":\"40\"}}");
        assertThat(output.scannedCount()).contains(3);
    }

    @Test
    void scanFiltersCanBeJoinedByOr() {
        Map<String, Condition> filter = new LinkedHashMap<>();
        filter.put("n", condition("GT", AttributeValue.ofN("30")));
        filter.put("sk", condition("EQ", AttributeValue.ofN("1")));
        filter.put("nothing", condition("NOT_NULL"));
        ScanInput.Builder scan = ScanInput.builder().tableName("music").scanFilter(filter);

        assertThat(tables.call(DynamoDb.SCAN, scan.build()).count()).contains(0);
        assertThat(tables.call(DynamoDb.SCAN, scan.conditionalOperator("OR").build())
                        .count())
                .contains(2);
    }

    @Test
    void operatorsTakeTheirOwnNumberAndTypesOfArguments() {
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.SCAN,
                        ScanInput.builder()
                                .tableName("music")
                                .scanFilter(Map.of("n", condition("EQ")))
                                .build()))
                .hasMessage("One or more parameter values were invalid: Invalid number of argument(s) for the EQ"
                        + " ComparisonOperator");
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.SCAN,
                        ScanInput.builder()
                                .tableName("music")
                                .scanFilter(Map.of("n", condition("LT", AttributeValue.ofBool(true))))
                                .build()))
                .hasMessage("One or more parameter values were invalid: ComparisonOperator LT is not valid for BOOL"
                        + " AttributeValue type");
    }
}
