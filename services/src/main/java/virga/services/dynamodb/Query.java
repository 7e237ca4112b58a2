package virga.services.dynamodb;

import java.util.List;
import java.util.Optional;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.QueryOutput;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.KeyCondition;
import virga.services.dynamodb.expression.Path;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeySchema;
import virga.services.dynamodb.item.Value;
import virga.store.KeyRange;
import virga.store.Reading;

/** Reads a page of one partition of a table or index, in the order of its sort key. */
final class Query implements Conversation<QueryInput, QueryOutput> {
    private final DynamoDbLimits limits;

    Query(DynamoDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public QueryOutput handle(Call call, QueryInput input, Exchange exchange) {
        Expressions expressions = new Expressions(input);
        Condition filter = expressions.filter();
        Optional<Projection> projection = expressions.projection();
        Consumption consumption = new Consumption(Tables.name(input.tableName()), false);
        PageReader.Page page = exchange.read(reading -> {
            PageReader.Target target = PagedRead.target(reading, call, input, input.tableName());
            KeySchema schema = target.onlyIndex()
                    .map(SecondaryIndex::key)
                    .orElse(target.table().key());
            KeyCondition key = expressions.keyCondition(schema);
            expressions.checkAllUsed();
            checkFilter(filter, schema);
            Selection selection = Selection.of(input, projection, target, filter);
            Reading.Direction direction =
                    input.scanIndexForward().orElse(true) ? Reading.Direction.FORWARD : Reading.Direction.BACKWARD;
            PageReader.Rules rules = new PageReader.Rules(
                    filter,
                    selection.projection(),
                    input.limit().orElse(Integer.MAX_VALUE),
                    limits.requests().pageBytes(),
                    selection.fetching(),
                    selection.countOnly());
            return new PageReader(target, rules, consumption).read(range(input, target, key, direction), direction);
        });
        ProvisionedCapacity.use(exchange, page.table(), consumption);
        Consumption.record(exchange, List.of(consumption));
        QueryOutput.Builder output = QueryOutput.builder().count(page.count()).scannedCount(page.scanned());
        if (!input.select().orElse("").equals("COUNT")) {
            output.items(page.items().stream().map(AttributeValues::of).toList());
        }
        if (!page.last().isEmpty()) {
            output.lastEvaluatedKey(AttributeValues.of(page.last()));
        }
        consumption.shown(input.returnConsumedCapacity()).ifPresent(output::consumedCapacity);
        return output.build();
    }

    private static KeyRange range(
            QueryInput input, PageReader.Target target, KeyCondition key, Reading.Direction direction) {
        Ranges ranges = Ranges.of(target);
        KeyRange range = ranges.of(key);
        Item start = PagedRead.start(input, target);
        if (start.isEmpty()) {
            return range;
        }
        KeySchema schema = target.onlyIndex()
                .map(SecondaryIndex::key)
                .orElse(target.table().key());
        Value hash = start.attributes().get(schema.hash().name());
        if (hash.equals(key.hash())
                && schema.sort().isPresent()
                && !key.sort().holds(start.attributes().get(schema.sort().get().name()))) {
            throw Faults.validation("The provided starting key does not match the range key predicate");
        }
        return ranges.behind(range, start, direction);
    }

    private static void checkFilter(Condition filter, KeySchema schema) {
        for (Path path : filter.paths()) {
            if (schema.has(path.attribute())) {
                throw Faults.validation("Filter Expression can only contain non-primary key attributes: Primary key"
                        + " attribute: " + path.attribute());
            }
        }
    }
}
