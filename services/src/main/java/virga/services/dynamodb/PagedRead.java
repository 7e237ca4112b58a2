package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeyAttribute;
import virga.store.Reading;

/** What Query and Scan have in common: where they read, and where a page goes on. */
final class PagedRead {
    private PagedRead() {}

    /** @throws Fault ValidationException where there is no such index, or it cannot be read this way */
    static PageReader.Target target(Reading truth, Call call, Structure request, String tableName) {
        Table table = Tables.usable(truth, call, tableName);
        boolean consistent =
                Expressions.<Boolean>member(request, "ConsistentRead").orElse(false);
        Optional<String> name = Expressions.member(request, "IndexName");
        if (name.isEmpty()) {
            return new PageReader.Target(ItemReads.view(truth, call, consistent), table, List.of(), consistent);
        }
        SecondaryIndex index = table.index(name.get())
                .orElseThrow(() -> Faults.validation("The table does not have the specified index: " + name.get()));
        if (index.global() && consistent) {
            throw Faults.validation("Consistent reads are not supported on global secondary indexes");
        }
        if (!index.readiness().isReady(call.at())) {
            throw Faults.validation("Cannot read from backfilling global secondary index: " + index.name());
        }
        return new PageReader.Target(ItemReads.view(truth, call, consistent), table, List.of(index), consistent);
    }

    /** The request's ExclusiveStartKey; {@link Item#EMPTY} where it has none. @throws Fault ValidationException */
    static Item start(Structure request, PageReader.Target target) {
        Optional<Map<String, AttributeValue>> given = Expressions.member(request, "ExclusiveStartKey");
        if (given.isEmpty()) {
            return Item.EMPTY;
        }
        Item start = AttributeValues.toItem(given.get());
        List<KeyAttribute> wanted = new ArrayList<>(target.table().key().attributes());
        target.onlyIndex()
                .ifPresent(index -> index.key().attributes().stream()
                        .filter(key -> !wanted.contains(key))
                        .forEach(wanted::add));
        if (start.attributes().size() != wanted.size()) {
            throw Faults.validation("Exclusive Start Key must have same size as table's key schema");
        }
        for (KeyAttribute key : wanted) {
            if (start.get(key.name())
                    .filter(value -> value.type() == key.type())
                    .isEmpty()) {
                throw Faults.validation(
                        "The provided starting key is invalid: The provided key element does not match the schema");
            }
        }
        return start;
    }
}
