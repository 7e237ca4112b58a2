package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.cloud.Atomic;
import virga.cloud.Conversation;
import virga.cloud.Service;
import virga.kernel.Call;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.QueryOutput;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsOutput;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Each of these bugs, put over the real DynamoDB, must be found. */
@ResourceLock("simulation")
final class PlantedTableBugsTest {
    private static final int SEEDS = 15;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void aWriteThatPassesOverItsConditionIsFound() {
        assertThat(found(table(DynamoDb.PUT_ITEM, changed(PlantedTableBugsTest::unconditional))))
                .contains("a write waits for its condition");
    }

    private static PutItemInput unconditional(PutItemInput input) {
        PutItemInput.Builder wrong = PutItemInput.builder()
                .tableName(input.tableName())
                .item(input.item())
                .returnValues(input.returnValues().orElse("NONE"));
        return wrong.build();
    }

    @Test
    void aWriteThatIsAcknowledgedWithoutBeingDoneIsFoundAsTheNextIsAnswered() {
        assertThat(found(table(DynamoDb.UPDATE_ITEM, PlantedTableBugsTest::forgetting)))
                .contains("a consistent read is of now", "a counter counts each addition once");
    }

    @Test
    void aTransferThatIsAcknowledgedWithoutBeingDoneIsFound() {
        assertThat(found(table(DynamoDb.TRANSACT_WRITE_ITEMS, PlantedTableBugsTest::forgetting)))
                .contains("nothing acknowledged is lost");
    }

    @Test
    void anUpdateThatIsDoneTwiceIsFound() {
        assertThat(found(table(DynamoDb.UPDATE_ITEM, PlantedTableBugsTest::twice)))
                .containsAnyOf("a counter counts each addition once", "a write happens once");
    }

    @Test
    void aConsistentReadOfOldStateIsFoundAsItIsAnswered() {
        assertThat(found(table(DynamoDb.GET_ITEM, PlantedTableBugsTest::remembering)))
                .contains("a consistent read is of now", "what was written is there at once");
    }

    @Test
    void aTransactionThatIsDoneByHalfIsFound() {
        assertThat(found(table(DynamoDb.TRANSACT_WRITE_ITEMS, changed(PlantedTableBugsTest::firstOnly))))
                .containsAnyOf("transfers keep the sum", "a transaction is done whole or not at all");
    }

    private static TransactWriteItemsInput firstOnly(TransactWriteItemsInput input) {
        return input.toBuilder()
                .transactItems(List.of(input.transactItems().getFirst()))
                .build();
    }

    @Test
    void anIndexThatLacksAnItemIsFound() {
        assertThat(found(table(DynamoDb.QUERY, PlantedTableBugsTest::lackingTheLast)))
                .contains("the index adds up to the table");
    }

    @Test
    void aTimeToLiveThatIsForgottenIsFound() {
        assertThat(found(table(DynamoDb.UPDATE_TIME_TO_LIVE, PlantedTableBugsTest::neverKept)))
                .contains("an expired item goes");
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object neverKept(Object right) {
        var handler = (Atomic<Structure, Structure>) right;
        Atomic<Structure, Structure> wrong =
                (call, input, work) -> handler.handle(call, input, Planted.forgetful(work));
        return wrong;
    }

    @Test
    void aStreamOutOfOrderIsFound() {
        assertThat(found(table(DynamoDbStreams.GET_RECORDS, PlantedTableBugsTest::backwards)))
                .contains("the stream has every change once and in order");
    }

    private static UnaryOperator<Service> table(Operation<?, ?> operation, UnaryOperator<Object> plant) {
        return service -> new Planted(service, operation, plant);
    }

    /** The invariants that are broken on the first seeds. */
    private static Set<String> found(UnaryOperator<Service> plant) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.TABLE.run(seed, plant);
            } catch (SimulationFailure failure) {
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }

    /** One call in eight or so is struck. */
    private static boolean struck(Call call) {
        return call.requestId().charAt(0) < '2';
    }

    @SuppressWarnings("unchecked") // planted for the operation with this input
    private static <I extends Structure> UnaryOperator<Object> changed(UnaryOperator<I> change) {
        return right -> {
            var handler = (Conversation<I, Structure>) right;
            Conversation<I, Structure> wrong = (call, input, exchange) ->
                    handler.handle(call, struck(call) ? change.apply(input) : input, exchange);
            return wrong;
        };
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object forgetting(Object right) {
        var handler = (Conversation<Structure, Structure>) right;
        Conversation<Structure, Structure> wrong = (call, input, exchange) ->
                handler.handle(call, input, struck(call) ? Planted.forgetful(exchange) : exchange);
        return wrong;
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object twice(Object right) {
        var handler = (Conversation<Structure, Structure>) right;
        Conversation<Structure, Structure> wrong = (call, input, exchange) -> {
            if (struck(call)) {
                handler.handle(call, input, exchange);
            }
            return handler.handle(call, input, exchange);
        };
        return wrong;
    }

    /** Answers from memory, at times. */
    @SuppressWarnings("unchecked") // bound with this input
    private static Object remembering(Object right) {
        var handler = (Conversation<GetItemInput, Structure>) right;
        // Bound anew in each life of each cloud, so it remembers nothing of another's.
        Map<String, Structure> remembered = new HashMap<>();
        Conversation<GetItemInput, Structure> wrong = (call, input, exchange) -> {
            String key = new TreeMap<>(input.key()).toString();
            Structure now = handler.handle(call, input, exchange);
            Structure before = remembered.put(key, now);
            return struck(call) && before != null ? before : now;
        };
        return wrong;
    }

    @SuppressWarnings("unchecked") // bound with these types
    private static Object lackingTheLast(Object right) {
        var handler = (Conversation<QueryInput, QueryOutput>) right;
        Conversation<QueryInput, QueryOutput> wrong = (call, input, exchange) -> {
            QueryOutput answer = handler.handle(call, input, exchange);
            List<Map<String, virga.model.dynamodb.AttributeValue>> items = answer.items();
            return input.indexName().isPresent() && !items.isEmpty()
                    ? answer.toBuilder()
                            .items(items.subList(0, items.size() - 1))
                            .build()
                    : answer;
        };
        return wrong;
    }

    @SuppressWarnings("unchecked") // bound with this output
    private static Object backwards(Object right) {
        var handler = (Conversation<Structure, GetRecordsOutput>) right;
        Conversation<Structure, GetRecordsOutput> wrong = (call, input, exchange) -> {
            GetRecordsOutput answer = handler.handle(call, input, exchange);
            return answer.toBuilder().records(answer.records().reversed()).build();
        };
        return wrong;
    }
}
