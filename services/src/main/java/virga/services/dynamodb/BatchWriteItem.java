package virga.services.dynamodb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.BatchWriteItemInput;
import virga.model.dynamodb.BatchWriteItemOutput;
import virga.model.dynamodb.ConsumedCapacity;
import virga.model.dynamodb.ItemCollectionMetrics;
import virga.model.dynamodb.WriteRequest;
import virga.services.dynamodb.item.Item;

/**
 * Puts and deletes items of several tables. AWS promises atomicity for each item only; here all take effect together, but for those
 * whose capacity is not there: they are left unprocessed.
 */
final class BatchWriteItem implements Conversation<BatchWriteItemInput, BatchWriteItemOutput> {
    private final DynamoDbLimits limits;

    BatchWriteItem(DynamoDbLimits limits) {
        this.limits = limits;
    }

    /** What is written so far. */
    private static final class Batch {
        private final List<Consumption> consumptions = new ArrayList<>();
        private final Map<String, List<WriteRequest>> unprocessed = new LinkedHashMap<>();
        private final Map<String, List<ItemCollectionMetrics>> metrics = new LinkedHashMap<>();
        private final List<ProvisionedCapacity.Shortage> shortages = new ArrayList<>();

        /** @throws virga.model.dynamodb.ProvisionedThroughputExceededException where every write is left unprocessed */
        void checkSomeDone(Map<String, List<Write>> asked) {
            if (shortages.size() == asked.values().stream().mapToInt(List::size).sum()) {
                throw shortages.getFirst().exception();
            }
        }
    }

    @Override
    public BatchWriteItemOutput handle(Call call, BatchWriteItemInput input, Exchange exchange) {
        Map<String, List<Write>> byTable = check(input);
        Map<String, Duration> lags = new LinkedHashMap<>();
        byTable.keySet().forEach(table -> lags.put(table, SingleWrite.lag(call, exchange, table)));
        Batch batch = exchange.transact(work -> {
            Batch written = new Batch();
            byTable.forEach((table, all) -> {
                List<WriteRequest> requests = input.requestItems().get(table);
                List<WriteRequest> left = write(work, call, table, all, lags.get(table), written).stream()
                        .map(requests::get)
                        .toList();
                if (!left.isEmpty()) {
                    written.unprocessed.put(table, left);
                }
            });
            written.checkSomeDone(byTable);
            return written;
        });
        Consumption.record(exchange, batch.consumptions);
        BatchWriteItemOutput.Builder output = BatchWriteItemOutput.builder().unprocessedItems(batch.unprocessed);
        List<ConsumedCapacity> consumed = batch.consumptions.stream()
                .flatMap(each -> each.shown(input.returnConsumedCapacity()).stream())
                .toList();
        if (!consumed.isEmpty()) {
            output.consumedCapacity(consumed);
        }
        if (input.returnItemCollectionMetrics().orElse("NONE").equals("SIZE")) {
            output.itemCollectionMetrics(batch.metrics);
        }
        return output.build();
    }

    /** Writes those whose units are there; the places of the others. */
    private List<Integer> write(UnitOfWork work, Call call, String name, List<Write> all, Duration lag, Batch batch) {
        Table table = Tables.usable(work, call, name);
        Consumption consumption = new Consumption(table.name(), false);
        batch.consumptions.add(consumption);
        TableWriter writer = new TableWriter(work, call, table, lag);
        KeyRules rules = new KeyRules(table, limits.items());
        Set<Item> keys = new HashSet<>();
        List<Integer> left = new ArrayList<>();
        for (int place = 0; place < all.size(); place++) {
            Write.OnTable write = all.get(place).on(rules);
            if (!keys.add(write.key())) {
                throw Faults.validation("Provided list of item keys contains duplicates");
            }
            TableWriter.Effects effects = writer.effects(write.change(writer.current(write.key())));
            Consumption units = new Consumption(table.name(), false);
            TableWriter.count(effects, units);
            Optional<ProvisionedCapacity.Shortage> shortage = ProvisionedCapacity.take(work, table, units);
            if (shortage.isPresent()) {
                batch.shortages.add(shortage.get());
                left.add(place);
                continue;
            }
            consumption.add(units);
            writer.make(effects);
            ItemCollections.metrics(work, table, write.key())
                    .ifPresent(metrics -> batch.metrics
                            .computeIfAbsent(name, absent -> new ArrayList<>())
                            .add(metrics));
        }
        return left;
    }

    private Map<String, List<Write>> check(BatchWriteItemInput input) {
        Map<String, List<Write>> byTable = new LinkedHashMap<>();
        int count = 0;
        for (Map.Entry<String, List<WriteRequest>> each : input.requestItems().entrySet()) {
            if (each.getValue().isEmpty()) {
                throw Faults.validation(
                        "The batch write request list for a table cannot be null or empty: " + each.getKey());
            }
            byTable.put(
                    each.getKey(),
                    each.getValue().stream().map(BatchWriteItem::write).toList());
            count += each.getValue().size();
        }
        if (count > limits.requests().batchWrites()) {
            throw Faults.validation("Too many items requested for the BatchWriteItem call");
        }
        return byTable;
    }

    private static Write write(WriteRequest request) {
        if (request.putRequest().isPresent() == request.deleteRequest().isPresent()) {
            throw Faults.validation(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                            + " the supported datatypes");
        }
        return request.putRequest()
                .map(put -> Write.unconditional(Write.Kind.PUT, put.item()))
                .or(() -> request.deleteRequest().map(delete -> Write.unconditional(Write.Kind.DELETE, delete.key())))
                .orElseThrow();
    }
}
