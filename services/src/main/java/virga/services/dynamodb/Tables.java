package virga.services.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Scope;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.store.Key;
import virga.store.Reading;
import virga.store.Transaction;

/** Finds and keeps the definitions of tables. */
final class Tables {
    private Tables() {}

    /** A table's name from what a client gave: its name or its ARN. */
    static String name(String nameOrArn) {
        return Arn.isArn(nameOrArn) ? Arn.parse(nameOrArn).name() : nameOrArn;
    }

    /** What policies match and records name: the table's ARN. */
    static List<String> arns(Call call, String nameOrArn) {
        return List.of(arn(call, nameOrArn));
    }

    static String arn(Call call, String nameOrArn) {
        return Arn.isArn(nameOrArn)
                ? nameOrArn
                : Arn.of("dynamodb", call.scope(), "table/" + nameOrArn).toString();
    }

    /** The table, in whatever state it is; empty where it is gone. */
    static Optional<Table> find(Reading reading, Scope scope, String nameOrArn, Instant now) {
        return reading.get(key(scope, name(nameOrArn)), Table.CODEC)
                .filter(table -> table.status(now) != Table.Status.GONE);
    }

    /** The table, for a call about its definition. @throws ResourceNotFoundException where there is none */
    static Table described(Reading reading, Call call, String nameOrArn) {
        return find(reading, call.scope(), nameOrArn, call.at())
                .orElseThrow(() -> new ResourceNotFoundException(
                        "Requested resource not found: Table: " + name(nameOrArn) + " not found"));
    }

    /** The table, for a call about its items. @throws ResourceNotFoundException where there is none that can be used */
    static Table usable(Reading reading, Call call, String nameOrArn) {
        return find(reading, call.scope(), nameOrArn, call.at())
                .filter(table -> switch (table.status(call.at())) {
                    case ACTIVE, UPDATING -> true;
                    case CREATING, DELETING, GONE -> false;
                })
                .orElseThrow(() -> new ResourceNotFoundException("Requested resource not found"));
    }

    /** All tables of an account and region, by name. */
    static List<Table> all(Reading reading, Scope scope, Instant now) {
        try (Stream<Reading.Entry> entries = reading.scan(DynamoDbKeys.TABLE.range(scope.account(), scope.region()))) {
            return entries.map(entry -> Table.CODEC.decode(entry.value()))
                    .filter(table -> table.status(now) != Table.Status.GONE)
                    .toList();
        }
    }

    static void save(Transaction transaction, Scope scope, Table table) {
        transaction.put(key(scope, table.name()), table, Table.CODEC);
    }

    static void delete(Transaction transaction, Scope scope, Table table) {
        transaction.delete(key(scope, table.name()));
    }

    private static Key key(Scope scope, String name) {
        return DynamoDbKeys.TABLE.key(scope.account(), scope.region(), name);
    }
}
