package virga.store.backend;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import virga.store.HistoryGone;
import virga.store.KeptHistory;

/** The last versions of a state that is all in memory, each shared with the next but for what changed. */
public final class RecentVersions<S> {
    private final KeptHistory kept;
    private final InstantSource time;
    private final Map<Long, Version<S>> bySequence = new HashMap<>();
    private long oldest;
    private volatile Version<S> latest;

    /** The state just after commit {@code sequence}, which was made at {@code at}. */
    public record Version<S>(long sequence, Instant at, S state) {}

    public RecentVersions(KeptHistory kept, InstantSource time, long sequence, S state) {
        this.kept = kept;
        this.time = time;
        this.oldest = sequence;
        this.latest = new Version<>(sequence, time.instant(), state);
        bySequence.put(sequence, latest);
    }

    /** The newest version. Never waits. */
    public Version<S> latest() {
        return latest;
    }

    /** Adds the version after the newest, and lets go of those beyond what is kept. */
    public synchronized void add(S state) {
        Version<S> next = new Version<>(latest.sequence() + 1, time.instant(), state);
        bySequence.put(next.sequence(), next);
        latest = next;
        while (oldest < next.sequence() && isTooOld(bySequence.get(oldest), next)) {
            bySequence.remove(oldest++);
        }
    }

    /** @throws HistoryGone where that version is no longer kept, or was never made */
    public synchronized Version<S> at(long sequence) {
        Version<S> version = bySequence.get(sequence);
        if (version == null) {
            throw new HistoryGone(sequence, oldest);
        }
        return version;
    }

    public KeptHistory kept() {
        return kept;
    }

    public InstantSource time() {
        return time;
    }

    private boolean isTooOld(Version<S> version, Version<S> newest) {
        return newest.sequence() - version.sequence() > kept.commits()
                || version.at().plus(kept.age()).isBefore(newest.at());
    }
}
