package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;

/** One write of a transaction, as the request asks for it. */
record TransactionItem(String table, Write write, boolean showsItemOnFailure) {
    /** @throws virga.kernel.Fault ValidationException where it is not exactly one of the four kinds, or an expression is wrong */
    static TransactionItem of(TransactWriteItem given) {
        List<TransactionItem> found = new ArrayList<>(1);
        given.conditionCheck()
                .ifPresent(check -> found.add(item(
                        Write.Kind.CHECK,
                        check,
                        check.tableName(),
                        check.key(),
                        check.returnValuesOnConditionCheckFailure())));
        given.put()
                .ifPresent(put -> found.add(item(
                        Write.Kind.PUT, put, put.tableName(), put.item(), put.returnValuesOnConditionCheckFailure())));
        given.delete()
                .ifPresent(delete -> found.add(item(
                        Write.Kind.DELETE,
                        delete,
                        delete.tableName(),
                        delete.key(),
                        delete.returnValuesOnConditionCheckFailure())));
        given.update()
                .ifPresent(update -> found.add(item(
                        Write.Kind.UPDATE,
                        update,
                        update.tableName(),
                        update.key(),
                        update.returnValuesOnConditionCheckFailure())));
        if (found.isEmpty()) {
            throw nothingAsked();
        }
        if (found.size() > 1) {
            throw Faults.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        return found.getFirst();
    }

    /** The IAM actions that a transaction takes, each with its tables. Source: "IAM policies for DynamoDB transactions". */
    static Map<String, List<String>> actions(Call call, TransactWriteItemsInput input) {
        Map<String, List<String>> actions = new LinkedHashMap<>();
        for (TransactWriteItem item : input.transactItems()) {
            item.conditionCheck().ifPresent(check -> add(actions, "ConditionCheckItem", call, check.tableName()));
            item.put().ifPresent(put -> add(actions, "PutItem", call, put.tableName()));
            item.delete().ifPresent(delete -> add(actions, "DeleteItem", call, delete.tableName()));
            item.update().ifPresent(update -> add(actions, "UpdateItem", call, update.tableName()));
        }
        if (actions.isEmpty()) {
            throw nothingAsked();
        }
        return actions;
    }

    private static void add(Map<String, List<String>> actions, String action, Call call, String table) {
        List<String> arns = actions.computeIfAbsent("dynamodb:" + action, absent -> new ArrayList<>());
        String arn = Tables.arn(call, table);
        if (!arns.contains(arn)) {
            arns.add(arn);
        }
    }

    private static Fault nothingAsked() {
        return Faults.validation(
                "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }

    private static TransactionItem item(
            Write.Kind kind,
            Structure request,
            String table,
            Map<String, AttributeValue> given,
            Optional<String> onFailure) {
        return new TransactionItem(
                table, Write.of(kind, request, given), onFailure.orElse("NONE").equals("ALL_OLD"));
    }
}
