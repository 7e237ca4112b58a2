package virga.reviewer.replay;

import java.util.SortedSet;

/**
 * The effect in which a perturbed run differs from an undisturbed one.
 *
 * @param group what sort of effect on which resource
 * @param expected how often the undisturbed run shows it
 * @param found how often the perturbed run shows it
 * @param effect the effect, without what varies from run to run
 * @param change whether effects were added, are missing, or are others
 * @param consumers the functions that took what was sent, where all of it was taken within the lineage; else empty
 * @param makers the functions that made the effects
 */
public record Difference(
        String group,
        long expected,
        long found,
        String effect,
        Change change,
        String consumers,
        SortedSet<String> makers) {
    /** How it differs. */
    public enum Change {
        ADDED,
        MISSING,
        OTHER
    }

    /** A sentence for people. */
    public String sentence() {
        return switch (change) {
            case ADDED -> "%s: %d instead of %d: %s".formatted(group, found, expected, effect);
            case MISSING -> "%s: %d instead of %d, missing: %s".formatted(group, found, expected, effect);
            case OTHER -> "%s: another content: %s".formatted(group, effect);
        };
    }
}
