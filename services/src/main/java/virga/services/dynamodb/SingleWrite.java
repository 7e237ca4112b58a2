package virga.services.dynamodb;

import java.time.Duration;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.dynamodb.ConditionalCheckFailedException;
import virga.model.dynamodb.ItemCollectionMetrics;
import virga.model.dynamodb.UpdateItemOutput;
import virga.services.dynamodb.item.Item;

/** What PutItem, UpdateItem and DeleteItem have in common: one write, in one transaction, if its condition holds. */
final class SingleWrite {
    private final DynamoDbLimits limits;

    SingleWrite(DynamoDbLimits limits) {
        this.limits = limits;
    }

    /**
     * @param itemOnFailure the request's ReturnValuesOnConditionCheckFailure
     * @param metrics the request's ReturnItemCollectionMetrics
     */
    record Request(String table, Write write, Optional<String> itemOnFailure, Optional<String> metrics) {}

    /** What was done, for the answer. */
    record Done(
            Change change, Consumption consumption, Optional<ItemCollectionMetrics> metrics, boolean conditionHeld) {
        /**
         * The answer of UpdateItem; those of PutItem and DeleteItem are alike.
         *
         * @param returned what the request's ReturnValues ask for
         * @param capacity the request's ReturnConsumedCapacity
         */
        UpdateItemOutput answer(Item returned, Optional<String> capacity) {
            UpdateItemOutput.Builder output = UpdateItemOutput.builder();
            if (!returned.isEmpty()) {
                output.attributes(AttributeValues.of(returned));
            }
            consumption.shown(capacity).ifPresent(output::consumedCapacity);
            metrics.ifPresent(output::itemCollectionMetrics);
            return output.build();
        }
    }

    /** Whether the old item is asked for, by who can ask for nothing else. */
    static boolean returnsOld(Optional<String> returnValues) {
        return switch (returnValues.orElse("NONE")) {
            case "NONE" -> false;
            case "ALL_OLD" -> true;
            default -> throw Faults.validation("ReturnValues can only be ALL_OLD or NONE");
        };
    }

    /** @throws ConditionalCheckFailedException where the condition does not hold; its units are used all the same */
    Done run(Call call, Exchange exchange, Request request) {
        Duration lag = lag(call, exchange, request.table());
        Done done = exchange.transact(work -> write(work, call, request, lag));
        Consumption.record(exchange, java.util.List.of(done.consumption()));
        if (!done.conditionHeld()) {
            throw conditionFailed(request.itemOnFailure(), done.change().before());
        }
        return done;
    }

    /** How long the weather holds this change back from replicas. */
    static Duration lag(Call call, Exchange exchange, String table) {
        return exchange.weather().lag(Tables.arn(call, table));
    }

    private Done write(UnitOfWork work, Call call, Request request, Duration lag) {
        Table table = Tables.usable(work, call, request.table());
        Consumption consumption = new Consumption(table.name(), false);
        TableWriter writer = new TableWriter(work, call, table, lag);
        Write.OnTable write = request.write().on(new KeyRules(table, limits.items()));
        Item current = writer.current(write.key());
        if (!write.conditionHolds(current)) {
            consumption.write(current.size());
            ProvisionedCapacity.use(work, table, consumption);
            return new Done(new Change(current, current), consumption, Optional.empty(), false);
        }
        Change change = write.change(current);
        TableWriter.Effects effects = writer.effects(change);
        TableWriter.count(effects, consumption);
        ProvisionedCapacity.use(work, table, consumption);
        writer.make(effects);
        Optional<ItemCollectionMetrics> metrics = request.metrics()
                .filter("SIZE"::equals)
                .flatMap(wanted -> ItemCollections.metrics(work, table, write.key()));
        return new Done(change, consumption, metrics, true);
    }

    private static ConditionalCheckFailedException conditionFailed(Optional<String> wanted, Item current) {
        ConditionalCheckFailedException.Builder failed =
                ConditionalCheckFailedException.builder().message("The conditional request failed");
        if (wanted.orElse("NONE").equals("ALL_OLD") && !current.isEmpty()) {
            failed.item(AttributeValues.of(current));
        }
        return failed.build();
    }
}
