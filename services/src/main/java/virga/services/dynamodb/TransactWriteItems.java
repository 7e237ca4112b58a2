package virga.services.dynamodb;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.cloud.UnitOfWork;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.StructureCodec;
import virga.model.dynamodb.CancellationReason;
import virga.model.dynamodb.ConsumedCapacity;
import virga.model.dynamodb.IdempotentParameterMismatchException;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.TransactWriteItemsOutput;
import virga.model.dynamodb.TransactionCanceledException;
import virga.services.dynamodb.item.Item;
import virga.store.Codec;
import virga.store.Key;
import virga.store.RecordCodec;

/**
 * Writes items of several tables, all or none. With a client token the same request within ten minutes is done once.
 *
 * <p>Source: "Amazon DynamoDB Transactions: How it works", Developer Guide.
 */
final class TransactWriteItems implements Conversation<TransactWriteItemsInput, TransactWriteItemsOutput> {
    static final CancellationReason NONE =
            CancellationReason.builder().code("None").build();

    private final DynamoDbLimits limits;

    TransactWriteItems(DynamoDbLimits limits) {
        this.limits = limits;
    }

    /** A transaction that was done: what was asked, as a digest, and until when its token is remembered. */
    record Remembered(Bytes request, Instant until) {
        static final Codec<Remembered> CODEC = RecordCodec.of(Remembered.class);
    }

    /** A write that its table can take, and what it changes; or why it cannot be. */
    private record Planned(TableWriter writer, TableWriter.Effects effects, CancellationReason reason) {}

    @Override
    public TransactWriteItemsOutput handle(Call call, TransactWriteItemsInput input, Exchange exchange) {
        List<TransactionItem> items =
                input.transactItems().stream().map(TransactionItem::of).toList();
        Map<String, Duration> lags = new LinkedHashMap<>();
        for (TransactionItem item : items) {
            lags.computeIfAbsent(item.table(), table -> SingleWrite.lag(call, exchange, table));
        }
        Map<String, Consumption> consumptions = exchange.transact(work -> write(work, call, input, items, lags));
        Consumption.record(exchange, consumptions.values());
        TransactWriteItemsOutput.Builder output = TransactWriteItemsOutput.builder();
        List<ConsumedCapacity> consumed = consumptions.values().stream()
                .flatMap(each -> each.shown(input.returnConsumedCapacity()).stream())
                .toList();
        if (!consumed.isEmpty()) {
            output.consumedCapacity(consumed);
        }
        return output.build();
    }

    private Map<String, Consumption> write(
            UnitOfWork work,
            Call call,
            TransactWriteItemsInput input,
            List<TransactionItem> items,
            Map<String, Duration> lags) {
        Map<String, Consumption> consumptions = new LinkedHashMap<>();
        boolean done = isDone(work, call, input);
        Set<List<Object>> seen = new HashSet<>();
        List<Planned> planned = new ArrayList<>();
        for (TransactionItem item : items) {
            Table table = Tables.usable(work, call, item.table());
            Write.OnTable write = item.write().on(new KeyRules(table, limits.items()));
            if (!seen.add(List.of(table.id(), write.key()))) {
                throw Faults.validation("Transaction request cannot include multiple operations on one item");
            }
            Consumption consumption = consumptions.computeIfAbsent(table.name(), name -> new Consumption(name, true));
            TableWriter writer = new TableWriter(work, call, table, lags.get(item.table()));
            if (done) {
                Consumption repeated = new Consumption(table.name(), true);
                repeated.read(writer.current(write.key()).size(), true);
                ProvisionedCapacity.use(work, table, repeated);
                consumption.add(repeated);
            } else {
                planned.add(paid(work, plan(writer, write, item), consumption));
            }
        }
        if (planned.stream().anyMatch(each -> each.reason() != NONE)) {
            throw cancelled(planned.stream().map(Planned::reason).toList());
        }
        checkSize(planned);
        planned.forEach(each -> each.writer().make(each.effects()));
        return consumptions;
    }

    private static Planned plan(TableWriter writer, Write.OnTable write, TransactionItem item) {
        Item current = writer.current(write.key());
        TableWriter.Effects nothing = new TableWriter.Effects(new Change(current, current), List.of());
        if (!write.conditionHolds(current)) {
            CancellationReason.Builder reason = CancellationReason.builder()
                    .code("ConditionalCheckFailed")
                    .message("The conditional request failed");
            if (item.showsItemOnFailure() && !current.isEmpty()) {
                reason.item(AttributeValues.of(current));
            }
            return new Planned(writer, nothing, reason.build());
        }
        try {
            return new Planned(writer, writer.effects(write.change(current)), NONE);
        } catch (Fault unfit) {
            CancellationReason reason = CancellationReason.builder()
                    .code("ValidationError")
                    .message(unfit.getMessage())
                    .build();
            return new Planned(writer, nothing, reason);
        }
    }

    /** The same where it can be and its units are there. What a cancelled transaction takes is given back with all it did. */
    private static Planned paid(UnitOfWork work, Planned planned, Consumption all) {
        if (planned.reason() != NONE) {
            return planned;
        }
        TableWriter writer = planned.writer();
        Consumption units = new Consumption(writer.table().name(), true);
        TableWriter.count(planned.effects(), units);
        all.add(units);
        return ProvisionedCapacity.take(work, writer.table(), units)
                .map(shortage -> new Planned(writer, planned.effects(), cancelledBy(shortage)))
                .orElse(planned);
    }

    /** Why a transaction is cancelled whose units are not there. */
    static CancellationReason cancelledBy(ProvisionedCapacity.Shortage shortage) {
        return CancellationReason.builder()
                .code("ProvisionedThroughputExceeded")
                .message(shortage.message())
                .build();
    }

    private void checkSize(List<Planned> planned) {
        long bytes = planned.stream()
                .mapToLong(each -> each.effects().change().greaterSize())
                .sum();
        if (bytes > limits.requests().transactionBytes()) {
            throw Faults.validation("Collection size of items in transaction exceeds the maximum allowed size of 4MB");
        }
    }

    /** Whether this very request was done already; if not, it is noted. */
    private boolean isDone(UnitOfWork work, Call call, TransactWriteItemsInput input) {
        Optional<String> token = input.clientRequestToken();
        if (token.isEmpty()) {
            return false;
        }
        Key key = DynamoDbKeys.TRANSACTION.key(call.account(), call.region(), token.get());
        Bytes request = digest(input);
        Optional<Remembered> before =
                work.get(key, Remembered.CODEC).filter(remembered -> call.at().isBefore(remembered.until()));
        if (before.isPresent() && !before.get().request().equals(request)) {
            throw new IdempotentParameterMismatchException(
                    "The request uses the same client token as a previous, but non-identical request. Do not reuse a client"
                            + " token with different requests, unless the requests are identical");
        }
        if (before.isEmpty()) {
            Instant until = call.at().plus(limits.requests().tokenLife());
            work.put(key, new Remembered(request, until), Remembered.CODEC);
            work.schedule(ForgetTransaction.KIND, token.get(), until, token.get());
        }
        return before.isPresent();
    }

    /** Of what is asked: the wish to be told of capacity may differ between repetitions. */
    private static Bytes digest(TransactWriteItemsInput input) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (TransactWriteItem item : input.transactItems()) {
                digest.update(StructureCodec.encode(item).unsafeArray());
            }
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new Bug("every Java has SHA-256", impossible);
        }
    }

    static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
        String codes = reasons.stream()
                .map(reason -> reason.code().orElse("None"))
                .collect(Collectors.joining(", ", "[", "]"));
        return TransactionCanceledException.builder()
                .message("Transaction cancelled, please refer cancellation reasons for specific reasons " + codes)
                .cancellationReasons(reasons)
                .build();
    }
}
