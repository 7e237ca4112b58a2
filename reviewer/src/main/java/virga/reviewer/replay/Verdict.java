package virga.reviewer.replay;

/** What can be said of a function after an event was replayed. Later ones outweigh earlier ones. */
public enum Verdict {
    /** It changes nothing: there is nothing to duplicate. */
    READ_ONLY("read-only"),
    /** Every perturbed run left what an undisturbed one leaves. */
    SAFE("safe"),
    /** It sends twice, but whoever takes it acts once. */
    SAFE_LATER("safe thanks to a later stage"),
    /** Nothing can be concluded; the reason says why. */
    INCONCLUSIVE("inconclusive"),
    /** It hands on copies, as AWS itself may, and a later stage acts on each: the fault is there. */
    LATER_STAGE("faulty only in a later stage"),
    /** The effects agree, the answer to the caller does not. */
    ANSWER_CHANGED("answer changed"),
    DUPLICATE_EFFECT("duplicate effect"),
    LOST_EFFECT("lost effect"),
    /** The event cannot be handled any more: it fails each time it is delivered again. */
    STUCK("stuck");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether it is a fault of the function. */
    public boolean isFault() {
        return compareTo(LATER_STAGE) > 0;
    }
}
