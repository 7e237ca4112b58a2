package virga.store;

/** The commit asked for is older than the history that the store keeps. */
public final class HistoryGone extends RuntimeException {
    public HistoryGone(long asked, long oldest) {
        super("commit " + asked + " is gone: history reaches back to commit " + oldest);
    }
}
