package virga.services.dynamodb;

import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.PutItemOutput;

/** Puts an item in the place of the one with its key, if there is one. */
final class PutItem implements Conversation<PutItemInput, PutItemOutput> {
    private final SingleWrite writes;

    PutItem(SingleWrite writes) {
        this.writes = writes;
    }

    @Override
    public PutItemOutput handle(Call call, PutItemInput input, Exchange exchange) {
        String returned = input.returnValues().orElse("NONE");
        if (!returned.equals("NONE") && !returned.equals("ALL_OLD")) {
            throw Faults.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        SingleWrite.Done done = writes.run(
                call,
                exchange,
                new SingleWrite.Request(
                        input.tableName(),
                        Write.of(Write.Kind.PUT, input, input.item()),
                        input.returnValuesOnConditionCheckFailure(),
                        input.returnItemCollectionMetrics()));
        PutItemOutput.Builder output = PutItemOutput.builder();
        if (returned.equals("ALL_OLD") && !done.change().before().isEmpty()) {
            output.attributes(AttributeValues.of(done.change().before()));
        }
        done.consumption().shown(input.returnConsumedCapacity()).ifPresent(output::consumedCapacity);
        done.metrics().ifPresent(output::itemCollectionMetrics);
        return output.build();
    }
}
