package virga.services.dynamodb;

import java.util.List;
import java.util.Optional;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.model.dynamodb.ScanInput;
import virga.model.dynamodb.ScanOutput;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;
import virga.store.KeyRange;
import virga.store.Reading;

/** Reads a page of everything in a table or index, or of one segment of it. */
final class Scan implements Conversation<ScanInput, ScanOutput> {
    private final DynamoDbLimits limits;

    Scan(DynamoDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public ScanOutput handle(Call call, ScanInput input, Exchange exchange) {
        checkSegments(input);
        Expressions expressions = new Expressions(input);
        Condition filter = expressions.filter();
        Optional<Projection> projection = expressions.projection();
        expressions.checkAllUsed();
        Consumption consumption = new Consumption(Tables.name(input.tableName()), false);
        PageReader.Page page = exchange.read(reading -> {
            PageReader.Target target = PagedRead.target(reading, call, input, input.tableName());
            Selection selection = Selection.of(input, projection, target, filter);
            PageReader.Rules rules = new PageReader.Rules(
                    filter,
                    selection.projection(),
                    input.limit().orElse(Integer.MAX_VALUE),
                    limits.requests().pageBytes(),
                    selection.fetching(),
                    selection.countOnly());
            return new PageReader(target, rules, consumption).read(range(input, target), Reading.Direction.FORWARD);
        });
        ProvisionedCapacity.use(exchange, page.table(), consumption);
        Consumption.record(exchange, List.of(consumption));
        ScanOutput.Builder output = ScanOutput.builder().count(page.count()).scannedCount(page.scanned());
        if (!input.select().orElse("").equals("COUNT")) {
            output.items(page.items().stream().map(AttributeValues::of).toList());
        }
        if (!page.last().isEmpty()) {
            output.lastEvaluatedKey(AttributeValues.of(page.last()));
        }
        consumption.shown(input.returnConsumedCapacity()).ifPresent(output::consumedCapacity);
        return output.build();
    }

    private static KeyRange range(ScanInput input, PageReader.Target target) {
        Ranges ranges = Ranges.of(target);
        KeyRange range =
                ranges.segment(input.segment().orElse(0), input.totalSegments().orElse(1));
        Item start = PagedRead.start(input, target);
        return start.isEmpty() ? range : ranges.behind(range, start, Reading.Direction.FORWARD);
    }

    private static void checkSegments(ScanInput input) {
        if (input.segment().isPresent() && input.totalSegments().isEmpty()) {
            throw Faults.validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment"
                            + " parameter is present");
        }
        if (input.totalSegments().isEmpty()) {
            return;
        }
        int total = input.totalSegments().get();
        int segment = input.segment()
                .orElseThrow(
                        () -> Faults.validation("The Segment parameter is required but was not present in the request"
                                + " when parameter TotalSegments is present"));
        if (segment >= total) {
            throw Faults.validation("The Segment parameter is zero-based and must be less than parameter TotalSegments:"
                    + " Segment: " + segment + " is not less than TotalSegments: " + total);
        }
    }
}
