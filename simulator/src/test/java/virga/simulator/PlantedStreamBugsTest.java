package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.cloud.Conversation;
import virga.model.Structure;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsOutput;
import virga.model.dynamodbstreams.Record;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Each of these bugs, put under a mapping of a stream, must be found. */
@ResourceLock("simulation")
final class PlantedStreamBugsTest {
    private static final int SEEDS = 15;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void recordsOutOfOrderAreFound() {
        assertThat(found(List::reversed)).contains("a stream's order is kept");
    }

    @Test
    void recordsThatAreLeftOutAreFound() {
        assertThat(found(records -> records.stream()
                        .filter(record -> record.eventID().orElseThrow().hashCode() % 4 != 0)
                        .toList()))
                .containsAnyOf("a stream's record is handled or given up, never lost", "a stream's order is kept");
    }

    /** The invariants that are broken on the first seeds where {@code wrong} makes a shard's records into others. */
    private static Set<String> found(UnaryOperator<List<Record>> wrong) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.STREAM.run(
                        seed,
                        service -> new Planted(service, DynamoDbStreams.GET_RECORDS, right -> {
                            Conversation<Structure, GetRecordsOutput> handler = reading(right);
                            Conversation<Structure, GetRecordsOutput> planted = (call, input, exchange) -> {
                                GetRecordsOutput answer = handler.handle(call, input, exchange);
                                return answer.toBuilder()
                                        .records(wrong.apply(answer.records()))
                                        .build();
                            };
                            return planted;
                        }));
            } catch (SimulationFailure failure) {
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }

    @SuppressWarnings("unchecked") // bound with this output
    private static Conversation<Structure, GetRecordsOutput> reading(Object right) {
        return (Conversation<Structure, GetRecordsOutput>) right;
    }
}
