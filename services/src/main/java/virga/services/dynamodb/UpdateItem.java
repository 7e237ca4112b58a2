package virga.services.dynamodb;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.dynamodb.UpdateItemInput;
import virga.model.dynamodb.UpdateItemOutput;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;

/** Changes an item, or makes one with the key and what the update sets. */
final class UpdateItem implements Conversation<UpdateItemInput, UpdateItemOutput> {
    private final SingleWrite writes;

    UpdateItem(SingleWrite writes) {
        this.writes = writes;
    }

    @Override
    public UpdateItemOutput handle(Call call, UpdateItemInput input, Exchange exchange) {
        Write write = Write.of(Write.Kind.UPDATE, input, input.key());
        SingleWrite.Done done = writes.run(
                call,
                exchange,
                new SingleWrite.Request(
                        input.tableName(),
                        write,
                        input.returnValuesOnConditionCheckFailure(),
                        input.returnItemCollectionMetrics()));
        Item returned = returned(input.returnValues().orElse("NONE"), write, done.change());
        return done.answer(returned, input.returnConsumedCapacity());
    }

    private static Item returned(String wanted, Write write, Change change) {
        return switch (wanted) {
            case "ALL_OLD" -> change.before();
            case "ALL_NEW" -> change.after();
            case "UPDATED_OLD" -> Projection.of(write.update().paths()).of(change.before());
            case "UPDATED_NEW" -> Projection.of(write.update().paths()).of(change.after());
            default -> Item.EMPTY;
        };
    }
}
