package virga.store.overlay;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import virga.store.KeptHistory;
import virga.store.Reading;
import virga.store.Store;
import virga.store.backend.ChangedView;
import virga.store.backend.Effect;
import virga.store.backend.FrozenState;
import virga.store.backend.PersistentTree;
import virga.store.backend.RecentVersions;
import virga.store.backend.RecentVersions.Version;
import virga.store.backend.Session;
import virga.store.backend.SingleWriterStore;
import virga.store.backend.Slot;
import virga.store.backend.Usage;
import virga.store.backend.View;

/** A fork of any store: a frozen state, and the changes made to it since, as versions of a tree in memory. */
public final class OverlayStore extends SingleWriterStore {
    private final SharedState base;
    private final RecentVersions<PersistentTree<Slot>> versions;
    private final Usage usage = new Usage("the fork");

    /**
     * @param base closed with this store and all forks of it
     * @param changes what differs from {@code base} already
     * @param sequence the commit that base and changes together are the state of
     * @param time what the age of history goes by
     */
    public OverlayStore(
            FrozenState base, PersistentTree<Slot> changes, long sequence, KeptHistory history, InstantSource time) {
        this(new SharedState(base), new RecentVersions<>(history, time, sequence, changes));
    }

    private OverlayStore(SharedState base, RecentVersions<PersistentTree<Slot>> versions) {
        this.base = base;
        this.versions = versions;
    }

    @Override
    public <T> T read(Function<? super Reading, T> body) {
        return onLatest(view -> Session.over(view, body));
    }

    @Override
    public long sequence() {
        return versions.latest().sequence();
    }

    @Override
    public Store forkAt(long sequence) {
        return usage.during(() -> from(versions.at(sequence)));
    }

    @Override
    public Store fork() {
        return usage.during(() -> from(versions.latest()));
    }

    private OverlayStore from(Version<PersistentTree<Slot>> version) {
        return new OverlayStore(
                base.share(),
                new RecentVersions<>(versions.kept(), versions.time(), version.sequence(), version.state()));
    }

    @Override
    public void close() {
        usage.close(base::close);
    }

    @Override
    protected <T> T onLatest(Function<View, T> body) {
        PersistentTree<Slot> changes = versions.latest().state();
        return usage.during(() -> base.read(unchanged -> body.apply(new ChangedView(changes, unchanged))));
    }

    @Override
    protected void commit(List<Effect> effects) {
        PersistentTree<Slot> changes = versions.latest().state();
        for (Effect effect : effects) {
            changes = changes.with(effect.key(), effect.after());
        }
        versions.add(changes);
    }
}
