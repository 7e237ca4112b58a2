package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Faults;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.TransactWriteItem;

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
            throw Faults.validation(
                    "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
        }
        if (found.size() > 1) {
            throw Faults.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        return found.getFirst();
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
