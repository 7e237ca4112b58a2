package virga.services.dynamodb;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.PutItemOutput;
import virga.services.dynamodb.item.Item;

/** Puts an item in the place of the one with its key, if there is one. */
final class PutItem implements Conversation<PutItemInput, PutItemOutput> {
    private final SingleWrite writes;

    PutItem(SingleWrite writes) {
        this.writes = writes;
    }

    @Override
    public PutItemOutput handle(Call call, PutItemInput input, Exchange exchange) {
        boolean old = SingleWrite.returnsOld(input.returnValues());
        SingleWrite.Done done = writes.run(
                call,
                exchange,
                new SingleWrite.Request(
                        input.tableName(),
                        Write.of(Write.Kind.PUT, input, input.item()),
                        input.returnValuesOnConditionCheckFailure(),
                        input.returnItemCollectionMetrics()));
        return DynamoDb.PUT_ITEM.answer(
                done.answer(old ? done.change().before() : Item.EMPTY, input.returnConsumedCapacity()));
    }
}
