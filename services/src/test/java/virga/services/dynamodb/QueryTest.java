package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.music;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.StaleReads;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.QueryOutput;
import virga.model.dynamodb.ScanInput;
import virga.model.dynamodb.ScanOutput;
import virga.services.dynamodb.item.TestingItems;

final class QueryTest {
    private final TestingTables tables = new TestingTables(DynamoDbLimits.tiny());

    @BeforeEach
    void fill() {
        tables.create(music());
        tables.cloud.advance(Duration.ofSeconds(1));
        for (int i = 1; i <= 9; i++) {
            tables.put(
                    "music",
                    "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"%d\"},\"year\":{\"N\":\"%d\"},\"title\":{\"S\":\"t%d\"}%s}"
                            .formatted(i, 2000 - i, i, i % 3 == 0 ? ",\"genre\":{\"S\":\"rock\"}" : ""));
        }
        tables.put("music", "{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"-5\"}}");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static QueryInput.Builder of(String condition, Map<String, AttributeValue> values) {
        return QueryInput.builder()
                .tableName("music")
                .keyConditionExpression(condition)
                .expressionAttributeValues(values);
    }

    private QueryOutput query(QueryInput.Builder input) {
        return tables.call(DynamoDb.QUERY, input.build());
    }

    private static List<String> sorts(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.get("sk").n().orElseThrow()).toList();
    }

    private static final AttributeValue A = AttributeValue.ofS("a");

    private static AttributeValue n(int number) {
        return AttributeValue.ofN(String.valueOf(number));
    }

    @Test
    void sortKeysAreNumbersNotTexts() {
        tables.put("music", "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"10\"}}");

        assertThat(sorts(query(of("pk = :p AND sk > :n", Map.of(":p", A, ":n", n(7))))
                        .items()))
                .containsExactly("8", "9", "10");
        assertThat(sorts(query(of("pk = :p AND sk BETWEEN :n AND :m", Map.of(":p", A, ":n", n(2), ":m", n(4))))
                        .items()))
                .containsExactly("2", "3", "4");
        assertThat(sorts(query(of("pk = :p AND sk <= :n", Map.of(":p", A, ":n", n(2)))
                                .scanIndexForward(false))
                        .items()))
                .containsExactly("2", "1");
    }

    @Test
    void pagesFollowEachOtherInBothDirections() {
        for (boolean forward : List.of(true, false)) {
            List<String> seen = new ArrayList<>();
            Map<String, AttributeValue> start = Map.of();
            do {
                QueryInput.Builder input =
                        of("pk = :p", Map.of(":p", A)).limit(4).scanIndexForward(forward);
                if (!start.isEmpty()) {
                    input.exclusiveStartKey(start);
                }
                QueryOutput page = query(input);
                seen.addAll(sorts(page.items()));
                start = page.lastEvaluatedKey();
            } while (!start.isEmpty());

            List<String> all = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(seen).isEqualTo(forward ? all : all.reversed());
        }
    }

    @Test
    void aPageEndsWhenItIsLargeEnough() {
        for (int i = 1; i <= 9; i++) {
            tables.put(
                    "music",
                    "{\"pk\":{\"S\":\"big\"},\"sk\":{\"N\":\"" + i + "\"},\"t\":{\"S\":\"" + "x".repeat(90) + "\"}}");
        }

        QueryOutput page = query(of("pk = :p", Map.of(":p", AttributeValue.ofS("big"))));
        assertThat(page.items()).hasSize(3);
        assertThat(page.lastEvaluatedKey()).containsEntry("sk", n(3));
    }

    @Test
    void aFilterCountsWhatItThrowsAway() {
        QueryOutput page = query(of("pk = :p", Map.of(":p", A, ":g", AttributeValue.ofS("rock")))
                .filterExpression("genre = :g")
                .select("COUNT"));

        assertThat(page.count()).contains(3);
        assertThat(page.scannedCount()).contains(9);
        assertThat(page.hasItems()).isFalse();
    }

    @Test
    void aGlobalIndexHoldsOnlyItemsWithItsKeyAndWhatItProjects() {
        QueryOutput page =
                query(of("genre = :g", Map.of(":g", AttributeValue.ofS("rock"))).indexName("by-genre"));

        assertThat(sorts(page.items())).containsExactly("9", "6", "3");
        assertThat(page.items().getFirst()).containsOnlyKeys("pk", "sk", "genre", "year", "title");
        assertThatThrownBy(() -> query(of("genre = :g", Map.of(":g", AttributeValue.ofS("rock")))
                        .indexName("by-genre")
                        .consistentRead(true)))
                .hasMessage("Consistent reads are not supported on global secondary indexes");
        assertThatThrownBy(() -> query(of("genre = :g", Map.of(":g", AttributeValue.ofS("rock")))
                        .indexName("by-genre")
                        .projectionExpression("pk, price")))
                .hasMessage(
                        "One or more parameter values were invalid: Global secondary index by-genre does not project"
                                + " [price]");
    }

    @Test
    void pagesOfAnIndexGoOnAfterItemsWithTheSameIndexKey() {
        tables.put(
                "music",
                "{\"pk\":{\"S\":\"c\"},\"sk\":{\"N\":\"1\"},\"year\":{\"N\":\"1997\"},\"genre\":{\"S\":\"rock\"}}");
        List<String> seen = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        do {
            QueryInput.Builder input = of("genre = :g", Map.of(":g", AttributeValue.ofS("rock")))
                    .indexName("by-genre")
                    .limit(1);
            if (!start.isEmpty()) {
                input.exclusiveStartKey(start);
            }
            QueryOutput page = query(input);
            seen.addAll(sorts(page.items()));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());

        assertThat(seen).containsExactlyInAnyOrder("9", "6", "3", "1");
    }

    @Test
    void aLocalIndexFetchesFromTheTableWhatItDoesNotHold() {
        QueryOutput keys =
                query(of("pk = :p", Map.of(":p", A)).indexName("by-year").limit(1));
        QueryOutput whole = query(
                of("pk = :p", Map.of(":p", A)).indexName("by-year").limit(1).select("ALL_ATTRIBUTES"));

        assertThat(keys.items().getFirst()).containsOnlyKeys("pk", "sk", "year").containsEntry("sk", n(9));
        assertThat(whole.items().getFirst()).containsKeys("title", "genre");
    }

    @Test
    void aStartOutsideTheQueryIsRefused() {
        assertThatThrownBy(() -> query(of("pk = :p", Map.of(":p", A))
                        .exclusiveStartKey(item("{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"}}"))))
                .hasMessage("The provided starting key is outside query boundaries based on provided conditions");
        assertThatThrownBy(() -> query(of("pk = :p AND sk < :n", Map.of(":p", A, ":n", n(3)))
                        .exclusiveStartKey(item("{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"7\"}}"))))
                .hasMessage("The provided starting key does not match the range key predicate");
    }

    @Test
    void segmentsOfAScanTogetherAreTheWholeTable() {
        for (int i = 0; i < 40; i++) {
            tables.put("music", "{\"pk\":{\"S\":\"p" + i + "\"},\"sk\":{\"N\":\"1\"}}");
        }
        List<String> seen = new ArrayList<>();
        int used = 0;
        for (int segment = 0; segment < 4; segment++) {
            Map<String, AttributeValue> start = Map.of();
            int before = seen.size();
            do {
                ScanInput.Builder input =
                        ScanInput.builder().tableName("music").segment(segment).totalSegments(4);
                if (!start.isEmpty()) {
                    input.exclusiveStartKey(start);
                }
                ScanOutput page = tables.call(DynamoDb.SCAN, input.build());
                page.items().forEach(item -> seen.add(TestingTables.json(item)));
                start = page.lastEvaluatedKey();
            } while (!start.isEmpty());
            used += seen.size() > before ? 1 : 0;
        }

        assertThat(seen).hasSize(50).doesNotHaveDuplicates();
        assertThat(used).isGreaterThan(2);
    }

    @Test
    void whereTheWeatherDelaysReplicasOnlyConsistentReadsSeeAWrite() {
        tables.cloud.environment().weather(new StaleReads(table -> true, Duration.ofSeconds(1)));
        tables.put("music", "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"},\"title\":{\"S\":\"new\"}}");
        tables.put(
                "music",
                "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"0\"},\"genre\":{\"S\":\"rock\"},\"year\":{\"N\":\"1\"}}");

        assertThat(read(false)).contains("t1");
        assertThat(read(true)).contains("new");
        assertThat(sorts(query(of("pk = :p", Map.of(":p", A)).limit(2)).items()))
                .containsExactly("1", "2");
        assertThat(sorts(query(of("pk = :p", Map.of(":p", A)).limit(2).consistentRead(true))
                        .items()))
                .containsExactly("0", "1");
        QueryInput.Builder rock =
                of("genre = :g", Map.of(":g", AttributeValue.ofS("rock"))).indexName("by-genre");
        assertThat(query(rock).count()).contains(3);

        tables.cloud.advance(Duration.ofSeconds(1));
        assertThat(read(false)).contains("new");
        assertThat(query(rock).count()).contains(4);
    }

    private String read(boolean consistent) {
        return TestingItems.json(AttributeValues.toItem(tables.call(
                        DynamoDb.GET_ITEM,
                        GetItemInput.builder()
                                .tableName("music")
                                .key(item("{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}"))
                                .consistentRead(consistent)
                                .build())
                .item()));
    }
}
