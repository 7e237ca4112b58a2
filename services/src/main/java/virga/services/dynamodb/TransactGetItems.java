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
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.CancellationReason;
import virga.model.dynamodb.ConsumedCapacity;
import virga.model.dynamodb.Get;
import virga.model.dynamodb.ItemResponse;
import virga.model.dynamodb.TransactGetItem;
import virga.model.dynamodb.TransactGetItemsInput;
import virga.model.dynamodb.TransactGetItemsOutput;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;
import virga.store.Reading;

/** Reads items of several tables as they are at one moment. */
final class TransactGetItems implements Conversation<TransactGetItemsInput, TransactGetItemsOutput> {
    private final DynamoDbLimits limits;

    TransactGetItems(DynamoDbLimits limits) {
        this.limits = limits;
    }

    private record Read(List<ItemResponse> responses, Map<String, Consumption> consumptions, List<Used> used) {}

    /** What one item's read uses. */
    private record Used(Table table, Consumption units) {}

    @Override
    public TransactGetItemsOutput handle(Call call, TransactGetItemsInput input, Exchange exchange) {
        Read read = exchange.read(reading -> read(reading, call, input));
        if (read.used().stream().anyMatch(each -> ProvisionedCapacity.isLimited(each.table()))) {
            exchange.transact(work -> pay(work, read.used()));
        }
        Consumption.record(exchange, read.consumptions().values());
        TransactGetItemsOutput.Builder output = TransactGetItemsOutput.builder().responses(read.responses());
        List<ConsumedCapacity> consumed = read.consumptions().values().stream()
                .flatMap(each -> each.shown(input.returnConsumedCapacity()).stream())
                .toList();
        if (!consumed.isEmpty()) {
            output.consumedCapacity(consumed);
        }
        return output.build();
    }

    /** @throws virga.model.dynamodb.TransactionCanceledException where units are not there; then none are used */
    private static boolean pay(UnitOfWork work, List<Used> all) {
        List<CancellationReason> reasons = all.stream()
                .map(each -> ProvisionedCapacity.take(work, each.table(), each.units())
                        .map(TransactWriteItems::cancelledBy)
                        .orElse(TransactWriteItems.NONE))
                .toList();
        if (reasons.stream().anyMatch(reason -> reason != TransactWriteItems.NONE)) {
            throw TransactWriteItems.cancelled(reasons);
        }
        return true;
    }

    private Read read(Reading reading, Call call, TransactGetItemsInput input) {
        Read read = new Read(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        Set<List<Object>> seen = new HashSet<>();
        long bytes = 0;
        for (TransactGetItem each : input.transactItems()) {
            Get get = each.get();
            Expressions expressions = new Expressions(get);
            Optional<Projection> projection = expressions.projection();
            expressions.checkAllUsed();
            Table table = Tables.usable(reading, call, get.tableName());
            Item key = new KeyRules(table, limits.items()).key(get.key());
            if (!seen.add(List.of(table.id(), key))) {
                throw Faults.validation("Transaction request cannot include multiple operations on one item");
            }
            Item item = ItemReads.get(reading, table, key);
            bytes += item.size();
            Consumption units = new Consumption(table.name(), true);
            units.read(item.size(), true);
            read.consumptions()
                    .computeIfAbsent(table.name(), name -> new Consumption(name, true))
                    .add(units);
            read.used().add(new Used(table, units));
            ItemResponse.Builder response = ItemResponse.builder();
            if (!item.isEmpty()) {
                Item shown = projection.map(parts -> parts.of(item)).orElse(item);
                response.item(AttributeValues.of(shown));
            }
            read.responses().add(response.build());
        }
        if (bytes > limits.requests().transactionBytes()) {
            throw Faults.validation("Collection size of items in transaction exceeds the maximum allowed size of 4MB");
        }
        return read;
    }
}
