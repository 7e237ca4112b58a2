package virga.cloud.spine;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.PollerKind;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Chance;
import virga.kernel.Ids;
import virga.kernel.Ports;
import virga.kernel.Scope;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Transaction;

/** One attempt at a unit of work. What it collects beside the transaction counts only if this attempt commits. */
final class Work implements UnitOfWork {
    private final Call call;
    private final Ports ports;
    private final Transaction transaction;
    private final Set<String> signals = new LinkedHashSet<>();
    private final CallNotes notes = new CallNotes();
    private boolean changed;

    Work(Call call, Ports ports, Transaction transaction) {
        this.call = call;
        this.ports = ports;
        this.transaction = transaction;
    }

    Set<String> signals() {
        return signals;
    }

    CallNotes notes() {
        return notes;
    }

    /** Whether it changes state. */
    boolean changed() {
        return changed;
    }

    @Override
    public Instant now() {
        return call.at();
    }

    @Override
    public Ids ids() {
        return ports.ids();
    }

    @Override
    public Chance chance() {
        return ports.chance();
    }

    @Override
    public <P> void send(TaskKind<P> kind, P payload) {
        send(kind, payload, call.causeOfWhatFollows(kind.name()));
    }

    @Override
    public <P> void send(TaskKind<P> kind, P payload, Cause cause) {
        enqueue(kind, now(), payload, cause, "");
    }

    @Override
    public <P> void schedule(TaskKind<P> kind, String id, Instant due, P payload) {
        cancel(kind, id);
        String taskId = enqueue(kind, due, payload, call.causeOfWhatFollows(kind.name()), id);
        put(timerKey(kind, id), new SpineKeys.TimerRow(due, taskId), SpineKeys.TIMER_ROW);
    }

    @Override
    public void cancel(TaskKind<?> kind, String id) {
        Key timer = timerKey(kind, id);
        transaction.get(timer, SpineKeys.TIMER_ROW).ifPresent(row -> {
            delete(SpineKeys.TASK.key(row.due(), row.taskId()));
            delete(timer);
        });
    }

    private <P> String enqueue(TaskKind<P> kind, Instant due, P payload, Cause cause, String timer) {
        String id = ports.ids().uuid();
        var row = new SpineKeys.TaskRow(
                id, kind.name(), call.scope(), cause, kind.codec().encode(payload), 1, now(), timer);
        put(SpineKeys.TASK.key(due, id), row, SpineKeys.TASK_ROW);
        signals.add(Pump.SIGNAL);
        return id;
    }

    private Key timerKey(TaskKind<?> kind, String id) {
        return timerKey(kind.name(), call.scope(), id);
    }

    static Key timerKey(String kind, Scope scope, String id) {
        return SpineKeys.TIMER.key(kind, scope.account(), scope.region(), id);
    }

    @Override
    public <P> void startPoller(PollerKind<P> kind, String id, P payload) {
        var row = new SpineKeys.PollerRow(
                kind.name(),
                call.scope(),
                id,
                kind.codec().encode(payload),
                ports.ids().uuid());
        put(pollerKey(kind, id), row, SpineKeys.POLLER_ROW);
        signals.add(Pollers.SIGNAL);
    }

    @Override
    public void stopPoller(PollerKind<?> kind, String id) {
        delete(pollerKey(kind, id));
        signals.add(Pollers.SIGNAL);
    }

    private Key pollerKey(PollerKind<?> kind, String id) {
        return SpineKeys.POLLER.key(kind.name(), call.account(), call.region(), id);
    }

    @Override
    public void raise(String signal) {
        signals.add(signal);
    }

    @Override
    public void detail(String name, String value) {
        notes.detail(name, value);
    }

    @Override
    public void carry(String itemId, Cause cause) {
        notes.carry(itemId, cause);
    }

    @Override
    public Optional<Bytes> get(Key key) {
        return transaction.get(key);
    }

    @Override
    public Stream<Entry> scan(KeyRange range, Direction direction) {
        return transaction.scan(range, direction);
    }

    @Override
    public void put(Key key, Bytes value) {
        changed = true;
        transaction.put(key, value);
    }

    @Override
    public void delete(Key key) {
        changed = true;
        transaction.delete(key);
    }

    @Override
    public void delete(KeyRange range) {
        changed = true;
        transaction.delete(range);
    }
}
