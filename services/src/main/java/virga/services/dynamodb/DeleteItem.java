package virga.services.dynamodb;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.DeleteItemOutput;

/** Deletes an item; one that is not there is no error. */
final class DeleteItem implements Conversation<DeleteItemInput, DeleteItemOutput> {
    private final SingleWrite writes;

    DeleteItem(SingleWrite writes) {
        this.writes = writes;
    }

    @Override
    public DeleteItemOutput handle(Call call, DeleteItemInput input, Exchange exchange) {
        String returned = input.returnValues().orElse("NONE");
        if (!returned.equals("NONE") && !returned.equals("ALL_OLD")) {
            throw Faults.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        SingleWrite.Done done = writes.run(
                call,
                exchange,
                new SingleWrite.Request(
                        input.tableName(),
                        Write.of(Write.Kind.DELETE, input, input.key()),
                        input.returnValuesOnConditionCheckFailure(),
                        input.returnItemCollectionMetrics()));
        DeleteItemOutput.Builder output = DeleteItemOutput.builder();
        if (returned.equals("ALL_OLD") && !done.change().before().isEmpty()) {
            output.attributes(AttributeValues.of(done.change().before()));
        }
        done.consumption().shown(input.returnConsumedCapacity()).ifPresent(output::consumedCapacity);
        done.metrics().ifPresent(output::itemCollectionMetrics);
        return output.build();
    }
}
