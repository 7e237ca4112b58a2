package virga.services.lambda.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import virga.cloud.Environment;
import virga.cloud.Hold;
import virga.cloud.Poller.Stop;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Threads;
import virga.services.lambda.mapping.StreamPoller.InHand;
import virga.services.lambda.mapping.StreamPoller.Taken;

/**
 * What was read from a shard on its way to the function in several lanes at once: the changes of one key keep their lane and their order.
 * Source: ParallelizationFactor in "Parameters for DynamoDB event source mappings", AWS Lambda Developer Guide.
 */
record Lanes(Environment environment, Mapping mapping, Principal principal, StreamBatch batches) {
    void deliver(String shard, InHand inHand, Stop stop) throws InterruptedException {
        List<List<Taken>> lanes = divided(inHand.records());
        if (lanes.size() == 1) {
            inBatches(place(shard, inHand.hold()), lanes.getFirst(), stop);
            return;
        }
        AtomicReference<Fault> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (List<Taken> lane : lanes) {
                Hold hold = environment.hold(StreamPoller.inHand(mapping, shard));
                threads.add(environment
                        .ports()
                        .threads()
                        .start(
                                "mapping-" + mapping.id() + "-" + shard,
                                () -> run(place(shard, hold), lane, stop, failed)));
            }
            // From here on each lane tells for itself whether it waits.
            inHand.hold().close();
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            Threads.end(threads);
        }
        if (failed.get() != null) {
            throw failed.get();
        }
    }

    private StreamBatch.Place place(String shard, Hold hold) {
        return new StreamBatch.Place(environment, mapping, principal, shard, hold);
    }

    private void run(StreamBatch.Place place, List<Taken> lane, Stop stop, AtomicReference<Fault> failed) {
        try {
            inBatches(place, lane, stop);
        } catch (Fault fault) {
            failed.set(fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            place.hold().close();
        }
    }

    private void inBatches(StreamBatch.Place place, List<Taken> lane, Stop stop) throws InterruptedException {
        int size = mapping.batching().size();
        for (int from = 0; from < lane.size() && !stop.requested(); from += size) {
            batches.deliver(place, lane.subList(from, Math.min(lane.size(), from + size)), stop);
        }
    }

    private List<List<Taken>> divided(List<Taken> records) {
        int parallel = mapping.batching().parallel();
        if (parallel == 1) {
            return List.of(records);
        }
        Map<Integer, List<Taken>> lanes = new TreeMap<>();
        for (Taken taken : records) {
            int lane =
                    Math.floorMod(taken.record().dynamodb().orElseThrow().keys().hashCode(), parallel);
            lanes.computeIfAbsent(lane, unused -> new ArrayList<>()).add(taken);
        }
        return List.copyOf(lanes.values());
    }
}
