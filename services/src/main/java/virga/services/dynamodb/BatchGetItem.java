package virga.services.dynamodb;

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
import virga.kernel.Call;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.BatchGetItemInput;
import virga.model.dynamodb.BatchGetItemOutput;
import virga.model.dynamodb.ConsumedCapacity;
import virga.model.dynamodb.KeysAndAttributes;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;
import virga.store.Reading;

/** Reads items of several tables. What does not fit into one answer is left unprocessed. */
final class BatchGetItem implements Conversation<BatchGetItemInput, BatchGetItemOutput> {
    private final DynamoDbLimits limits;

    BatchGetItem(DynamoDbLimits limits) {
        this.limits = limits;
    }

    /** What is read so far. */
    private static final class Batch {
        private final Map<String, List<Map<String, AttributeValue>>> responses = new LinkedHashMap<>();
        private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
        private final List<Consumption> consumptions = new ArrayList<>();
        private final List<ProvisionedCapacity.Shortage> shortages = new ArrayList<>();
        private boolean limited;
        private int read;
        private long bytes;
    }

    @Override
    public BatchGetItemOutput handle(Call call, BatchGetItemInput input, Exchange exchange) {
        check(input);
        Batch batch = exchange.read(reading -> read(reading, call, input, (table, units) -> Optional.empty()));
        if (batch.limited) {
            // Only now is it known that units must be taken, and that takes a transaction: all is read again in it.
            batch = exchange.transact(
                    work -> read(work, call, input, (table, units) -> ProvisionedCapacity.take(work, table, units)));
        }
        Consumption.record(exchange, batch.consumptions);
        BatchGetItemOutput.Builder output =
                BatchGetItemOutput.builder().responses(batch.responses).unprocessedKeys(batch.unprocessed);
        List<ConsumedCapacity> consumed = batch.consumptions.stream()
                .flatMap(each -> each.shown(input.returnConsumedCapacity()).stream())
                .toList();
        if (!consumed.isEmpty()) {
            output.consumedCapacity(consumed);
        }
        return output.build();
    }

    /** Takes units of a table's capacity, or says what falls short. */
    @FunctionalInterface
    private interface Capacity {
        Optional<ProvisionedCapacity.Shortage> take(Table table, Consumption units);
    }

    /** @throws virga.model.dynamodb.ProvisionedThroughputExceededException where there is capacity for no item at all */
    private Batch read(Reading reading, Call call, BatchGetItemInput input, Capacity capacity) {
        Batch batch = new Batch();
        input.requestItems().forEach((table, request) -> read(reading, call, table, request, capacity, batch));
        if (batch.read == 0 && !batch.shortages.isEmpty()) {
            throw batch.shortages.getFirst().exception();
        }
        return batch;
    }

    private void read(
            Reading reading, Call call, String name, KeysAndAttributes request, Capacity capacity, Batch batch) {
        Expressions expressions = new Expressions(request);
        Optional<Projection> projection = expressions.projection();
        expressions.checkAllUsed();
        Table table = Tables.usable(reading, call, name);
        batch.limited |= ProvisionedCapacity.isLimited(table);
        boolean consistent = request.consistentRead().orElse(false);
        Reading view = ItemReads.view(reading, call, consistent);
        KeyRules rules = new KeyRules(table, limits.items());
        List<Item> keys = request.keys().stream().map(rules::key).toList();
        if (new HashSet<>(keys).size() < keys.size()) {
            throw Faults.validation("Provided list of item keys contains duplicates");
        }
        Consumption consumption = new Consumption(table.name(), false);
        batch.consumptions.add(consumption);
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        List<Map<String, AttributeValue>> left = new ArrayList<>();
        for (Item key : keys) {
            Item item = left.isEmpty() ? ItemReads.get(view, table, key) : Item.EMPTY;
            if (!left.isEmpty() || batch.bytes + item.size() > limits.requests().batchGetBytes()) {
                left.add(AttributeValues.of(key));
                continue;
            }
            Consumption units = new Consumption(table.name(), false);
            units.read(item.size(), consistent);
            Optional<ProvisionedCapacity.Shortage> shortage = capacity.take(table, units);
            if (shortage.isPresent()) {
                batch.shortages.add(shortage.get());
                left.add(AttributeValues.of(key));
                continue;
            }
            batch.read++;
            batch.bytes += item.size();
            consumption.add(units);
            if (!item.isEmpty()) {
                Item shown = projection.map(parts -> parts.of(item)).orElse(item);
                found.add(AttributeValues.of(shown));
            }
        }
        batch.responses.put(name, found);
        if (!left.isEmpty()) {
            batch.unprocessed.put(name, request.toBuilder().keys(left).build());
        }
    }

    private void check(BatchGetItemInput input) {
        int keys = 0;
        Set<String> tables = new HashSet<>();
        for (Map.Entry<String, KeysAndAttributes> each : input.requestItems().entrySet()) {
            keys += each.getValue().keys().size();
            if (!tables.add(Tables.name(each.getKey()))) {
                throw Faults.validation("Provided list of item keys contains duplicates");
            }
        }
        if (keys > limits.requests().batchGets()) {
            throw Faults.validation("Too many items requested for the BatchGetItem call");
        }
    }
}
