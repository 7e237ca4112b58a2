package virga.simulator.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import virga.kernel.Chance;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.ConditionalCheckFailedException;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.ItemResponse;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.TransactionCanceledException;
import virga.model.dynamodb.UpdateItemOutput;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/** Clients read and write few items against each other and move money between accounts; in the end the stream must explain it all. */
public final class TableWorkload implements Workload {
    private static final List<String> PARTITIONS = List.of("a", "b");
    private static final List<String> CELLS = List.of("a/0", "a/1", "b/0");
    private static final List<String> ACCOUNTS = List.of("east/0", "east/1", "west/0");
    private static final String COUNTER = "counter/0";
    private static final int OPENING_BALANCE = 100;

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final int clients;
    private final int actions;
    private final TableLedger ledger;
    private final Expiring expiring;
    private final IndexReader index;
    private int versions;

    public TableWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("table");
        this.clients = 2 + chance.nextInt(4);
        this.actions = 5 + chance.nextInt(15);
        this.ledger = new TableLedger(simulation);
        this.expiring = new Expiring(simulation, cloud);
        this.index = new IndexReader(simulation, cloud);
    }

    @Override
    public String toString() {
        return clients + " clients of a table, " + actions + " actions each";
    }

    @Override
    public void run() {
        create();
        expiring.enable();
        ACCOUNTS.forEach(this::open);
        CountDownLatch done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            simulation.outside().start("table-client-" + i, () -> {
                work();
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
        while (!audit()) {
            cloud.sleep(Duration.ofSeconds(1));
        }
        expiring.end();
        Map<String, String> table = new TreeMap<>();
        CELLS.forEach(key -> table.put(key, eventually(key)));
        index.end(table);
        ACCOUNTS.forEach(key -> table.put(key, eventually(key)));
        table.put(COUNTER, eventually(COUNTER));
        Map<String, List<TableLedger.Step>> stream = new StreamInOrder(simulation, cloud).read(TableRequests.TABLE);
        expiring.check(stream);
        index.check(stream);
        stream.keySet().removeIf(key -> key.startsWith(Expiring.PARTITION + "/"));
        ledger.check(stream, table);
    }

    /** A lost answer is asked for again: that the table is there already is then no error. */
    private void create() {
        while (true) {
            switch (cloud.call(DynamoDb.CREATE_TABLE, TableRequests.table())) {
                case Reply.Answered<?> answered -> {
                    return;
                }
                case Reply.Refused<?>(ResourceInUseException there) -> {
                    return;
                }
                case Reply.Refused<?>(Fault fault) -> simulation.fail("a table is made", fault.toString());
                case Reply.Lost<?> lost -> simulation.note("the table may be there");
            }
            cloud.sleep(Duration.ofSeconds(1));
        }
    }

    private void open(String account) {
        while (eventually(account).equals(TableLedger.ABSENT)) {
            String version = version();
            TableLedger.Attempt attempt = ledger.writing(account, Optional.of(TableLedger.ABSENT), version);
            settle(
                    attempt,
                    cloud.call(
                            DynamoDb.PUT_ITEM,
                            TableRequests.put(
                                    account, Optional.of(TableLedger.ABSENT), version, Optional.of(OPENING_BALANCE))),
                    output -> output.attributes());
        }
    }

    private String version() {
        return "v" + ++versions;
    }

    private <T> T one(List<T> list) {
        return list.get(chance.nextInt(list.size()));
    }

    private void work() {
        for (int i = 0; i < actions; i++) {
            switch (chance.nextInt(15)) {
                case 0 -> look(one(CELLS));
                case 1 -> query(one(PARTITIONS));
                case 2, 3 -> put(one(CELLS));
                case 4, 5 -> update(one(CELLS));
                case 6 -> delete(one(CELLS));
                case 7 -> audit();
                case 8, 9 -> count();
                case 10 -> expiring.put(version());
                case 11 -> expiring.look();
                case 12 -> index.query(one(TableRequests.GROUPS));
                default -> transfer();
            }
            if (chance.nextInt(3) == 0) {
                cloud.sleep(Duration.ofMillis(chance.nextInt(1_000)));
            }
        }
    }

    /** A condition that half of all writes have: the item is as it was a moment ago. */
    private Optional<String> expectation(String key) {
        return chance.nextInt(2) == 0 ? look(key) : Optional.empty();
    }

    private void put(String key) {
        Optional<String> expected = expectation(key);
        String version = version();
        write(
                key,
                expected,
                version,
                DynamoDb.PUT_ITEM,
                TableRequests.put(key, expected, version, Optional.empty()),
                output -> output.attributes());
    }

    private void update(String key) {
        Optional<String> expected = expectation(key);
        String version = version();
        write(
                key,
                expected,
                version,
                DynamoDb.UPDATE_ITEM,
                TableRequests.update(key, expected, version),
                output -> output.attributes());
    }

    private void delete(String key) {
        look(key)
                .filter(version -> !version.equals(TableLedger.ABSENT))
                .ifPresent(version -> write(
                        key,
                        Optional.of(version),
                        TableLedger.ABSENT,
                        DynamoDb.DELETE_ITEM,
                        TableRequests.delete(key, version),
                        output -> output.attributes()));
    }

    /** Adds one, without any condition: two at once must both count. */
    private void count() {
        String version = version();
        TableLedger.Attempt attempt = ledger.writing(COUNTER, Optional.empty(), version);
        switch (cloud.call(DynamoDb.UPDATE_ITEM, TableRequests.count(COUNTER, version))) {
            case Reply.Answered<UpdateItemOutput>(UpdateItemOutput output) ->
                attempt.acknowledgedAs(
                        Integer.parseInt(output.attributes().get("hits").n().orElseThrow()));
            case Reply.Refused<UpdateItemOutput>(Fault fault) ->
                simulation.fail("a write is answered", attempt + ": " + fault);
            case Reply.Lost<UpdateItemOutput> lost -> attempt.lost();
        }
    }

    private <I extends Structure, O extends Structure> void write(
            String key,
            Optional<String> expected,
            String version,
            Operation<I, O> operation,
            I input,
            Function<O, Map<String, AttributeValue>> before) {
        settle(ledger.writing(key, expected, version), cloud.call(operation, input), before);
    }

    private <O extends Structure> void settle(
            TableLedger.Attempt attempt, Reply<O> reply, Function<O, Map<String, AttributeValue>> before) {
        switch (reply) {
            case Reply.Answered<O>(O output) -> {
                attempt.acknowledged(TableRequests.version(before.apply(output)));
                simulation.note(attempt + ": done");
            }
            case Reply.Refused<O>(ConditionalCheckFailedException failed) -> {
                attempt.refused(TableRequests.version(failed.item()));
                simulation.note(attempt + ": refused");
            }
            case Reply.Refused<O>(Fault fault) -> simulation.fail("a write is answered", attempt + ": " + fault);
            case Reply.Lost<O> lost -> {
                attempt.lost();
                simulation.note(attempt + ": lost");
            }
        }
    }

    /** A consistent read; empty where the cloud was killed meanwhile. */
    private Optional<String> look(String key) {
        TableLedger.Attempt look = ledger.looking(key);
        return read(DynamoDb.GET_ITEM, TableRequests.get(key)).map(output -> {
            String version = TableRequests.version(output.item());
            simulation.note(key + " is " + TableLedger.quoted(version));
            ledger.sees(look, version);
            return version;
        });
    }

    private String eventually(String key) {
        Optional<String> version = look(key);
        while (version.isEmpty()) {
            cloud.sleep(Duration.ofSeconds(1));
            version = look(key);
        }
        return version.get();
    }

    private <I extends Structure, O extends Structure> Optional<O> read(Operation<I, O> operation, I input) {
        return switch (cloud.call(operation, input)) {
            case Reply.Answered<O>(O output) -> Optional.of(output);
            case Reply.Refused<O>(Fault fault) -> {
                simulation.fail("a read is answered", operation.name() + ": " + fault);
                yield Optional.empty();
            }
            case Reply.Lost<O> lost -> Optional.empty();
        };
    }

    /** A consistent query is a consistent read of each item of the partition, there or not. */
    private void query(String partition) {
        List<String> keys =
                CELLS.stream().filter(key -> key.startsWith(partition + "/")).toList();
        List<TableLedger.Attempt> looks = keys.stream().map(ledger::looking).toList();
        read(DynamoDb.QUERY, TableRequests.query(partition)).ifPresent(output -> {
            for (int i = 0; i < keys.size(); i++) {
                Map<String, AttributeValue> wanted = TableRequests.key(keys.get(i));
                String version = output.items().stream()
                        .filter(item -> item.entrySet().containsAll(wanted.entrySet()))
                        .map(TableRequests::version)
                        .findFirst()
                        .orElse(TableLedger.ABSENT);
                ledger.sees(looks.get(i), version);
            }
        });
    }

    /** All accounts in one transaction: money neither comes nor goes. @return whether it was answered */
    private boolean audit() {
        List<TableLedger.Attempt> looks = ACCOUNTS.stream().map(ledger::looking).toList();
        Optional<List<ItemResponse>> accounts =
                read(DynamoDb.TRANSACT_GET_ITEMS, TableRequests.all(ACCOUNTS)).map(output -> output.responses());
        accounts.ifPresent(found -> {
            int sum = 0;
            for (int i = 0; i < found.size(); i++) {
                sum += TableRequests.balance(found.get(i).item());
                ledger.sees(looks.get(i), TableRequests.version(found.get(i).item()));
            }
            simulation.note("audited " + sum);
            if (sum != OPENING_BALANCE * ACCOUNTS.size()) {
                simulation.fail("transfers keep the sum", "the accounts hold " + sum);
            }
        });
        return accounts.isPresent();
    }

    private void transfer() {
        List<String> accounts = new ArrayList<>(ACCOUNTS);
        String from = accounts.remove(chance.nextInt(accounts.size()));
        String to = one(accounts);
        String version = version();
        TransactWriteItemsInput input =
                TableRequests.transfer(from, to, 1 + chance.nextInt(80), version, "token-" + version);
        List<TableLedger.Attempt> writes =
                List.of(ledger.writing(from, Optional.empty(), version), ledger.writing(to, Optional.empty(), version));
        ledger.together(writes);
        boolean patient = chance.nextInt(2) == 0;
        Reply<?> reply = cloud.call(DynamoDb.TRANSACT_WRITE_ITEMS, input);
        while (patient && reply instanceof Reply.Lost<?>) {
            reply = cloud.call(DynamoDb.TRANSACT_WRITE_ITEMS, input);
        }
        simulation.note(writes + ": " + reply.getClass().getSimpleName());
        switch (reply) {
            case Reply.Answered<?> answered -> writes.forEach(TableLedger.Attempt::acknowledged);
            case Reply.Refused<?>(TransactionCanceledException cancelled) ->
                writes.forEach(TableLedger.Attempt::refused);
            case Reply.Refused<?>(Fault fault) -> simulation.fail("a transfer is answered", fault.toString());
            case Reply.Lost<?> lost -> writes.forEach(TableLedger.Attempt::lost);
        }
    }
}
