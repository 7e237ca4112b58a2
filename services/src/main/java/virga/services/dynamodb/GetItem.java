package virga.services.dynamodb;

import java.util.List;
import java.util.Optional;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.GetItemOutput;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;

/** Reads one item. */
final class GetItem implements Conversation<GetItemInput, GetItemOutput> {
    private final DynamoDbLimits limits;

    GetItem(DynamoDbLimits limits) {
        this.limits = limits;
    }

    private record Found(Table table, Item item) {}

    @Override
    public GetItemOutput handle(Call call, GetItemInput input, Exchange exchange) {
        Expressions expressions = new Expressions(input);
        Optional<Projection> projection = expressions.projection();
        expressions.checkAllUsed();
        boolean consistent = input.consistentRead().orElse(false);
        Consumption consumption = new Consumption(Tables.name(input.tableName()), false);
        Found found = exchange.read(reading -> {
            Table table = Tables.usable(reading, call, input.tableName());
            Item key = new KeyRules(table, limits.items()).key(input.key());
            return new Found(table, ItemReads.get(ItemReads.view(reading, call, consistent), table, key));
        });
        Item item = found.item();
        consumption.read(item.size(), consistent);
        ProvisionedCapacity.use(exchange, found.table(), consumption);
        Consumption.record(exchange, List.of(consumption));
        GetItemOutput.Builder output = GetItemOutput.builder();
        if (!item.isEmpty()) {
            Item shown = projection.map(parts -> parts.of(item)).orElse(item);
            output.item(AttributeValues.of(shown));
        }
        consumption.shown(input.returnConsumedCapacity()).ifPresent(output::consumedCapacity);
        return output.build();
    }
}
