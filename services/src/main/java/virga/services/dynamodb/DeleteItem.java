package virga.services.dynamodb;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.DeleteItemOutput;
import virga.model.dynamodb.DynamoDb;
import virga.services.dynamodb.item.Item;

/** Deletes an item; one that is not there is no error. */
final class DeleteItem implements Conversation<DeleteItemInput, DeleteItemOutput> {
    private final SingleWrite writes;

    DeleteItem(SingleWrite writes) {
        this.writes = writes;
    }

    @Override
    public DeleteItemOutput handle(Call call, DeleteItemInput input, Exchange exchange) {
        boolean old = SingleWrite.returnsOld(input.returnValues());
        SingleWrite.Done done = writes.run(
                call,
                exchange,
                new SingleWrite.Request(
                        input.tableName(),
                        Write.of(Write.Kind.DELETE, input, input.key()),
                        input.returnValuesOnConditionCheckFailure(),
                        input.returnItemCollectionMetrics()));
        return DynamoDb.DELETE_ITEM.answer(
                done.answer(old ? done.change().before() : Item.EMPTY, input.returnConsumedCapacity()));
    }
}
