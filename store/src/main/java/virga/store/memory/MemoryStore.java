package virga.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import virga.kernel.Bytes;
import virga.store.KeptHistory;
import virga.store.Reading;
import virga.store.Store;
import virga.store.StoreFailure;
import virga.store.backend.Effect;
import virga.store.backend.PersistentTree;
import virga.store.backend.RecentVersions;
import virga.store.backend.RecentVersions.Version;
import virga.store.backend.Session;
import virga.store.backend.SingleWriterStore;
import virga.store.backend.Slot;
import virga.store.backend.View;

/** A store in memory. Readers look at a root that never changes; a fork is a store of its own that begins at such a root. */
public final class MemoryStore extends SingleWriterStore {
    private final RecentVersions<PersistentTree<Bytes>> versions;
    private volatile boolean closed;

    /** An empty store that keeps the default number of commits, however old. */
    public MemoryStore() {
        this(KeptHistory.DEFAULT, InstantSource.fixed(Instant.EPOCH));
    }

    /** @param time what the age of history goes by */
    public MemoryStore(KeptHistory history, InstantSource time) {
        this(new RecentVersions<>(history, time, 0, PersistentTree.empty()));
    }

    MemoryStore(RecentVersions<PersistentTree<Bytes>> versions) {
        this.versions = versions;
    }

    @Override
    public <T> T read(Function<? super Reading, T> body) {
        return Session.over(view(), body);
    }

    @Override
    public long sequence() {
        return versions.latest().sequence();
    }

    @Override
    public Store forkAt(long sequence) {
        return new MemoryStore(from(versions.at(sequence)));
    }

    @Override
    public Store fork() {
        return new MemoryStore(versionsFromNow());
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** The versions, for a store that takes over where this one was closed. */
    RecentVersions<PersistentTree<Bytes>> versions() {
        return versions;
    }

    /** A history of its own that begins with the newest version. */
    RecentVersions<PersistentTree<Bytes>> versionsFromNow() {
        return from(versions.latest());
    }

    private RecentVersions<PersistentTree<Bytes>> from(Version<PersistentTree<Bytes>> version) {
        return new RecentVersions<>(versions.kept(), versions.time(), version.sequence(), version.state());
    }

    @Override
    protected <T> T onLatest(Function<View, T> body) {
        return body.apply(view());
    }

    @Override
    protected void commit(List<Effect> effects) {
        PersistentTree<Bytes> tree = versions.latest().state();
        for (Effect effect : effects) {
            tree = switch (effect.after()) {
                case Slot.Held held -> tree.with(effect.key(), held.content());
                case Slot.Vacant vacant -> tree.without(effect.key());
            };
        }
        versions.add(tree);
    }

    private View view() {
        if (closed) {
            throw new StoreFailure("the store in memory is closed");
        }
        return View.of(versions.latest().state());
    }
}
