package virga.reviewer.replay;

/**
 * Which of a schedule's runs one is.
 *
 * @param name what commands call it: {@code after-2}, a table, {@code warm}; empty where a schedule has only one run
 * @param words for people
 */
public record Point(String name, String words) {
    static final Point ONLY = new Point("", "");
    static final Point WARM = new Point("warm", "on a warm worker");
}
